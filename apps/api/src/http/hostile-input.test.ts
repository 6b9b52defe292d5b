import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { contract, ERROR_TYPES, type Operation } from '@understudy/contract'
import { createBot, createIntegration, newUuid, updateBot } from '@understudy/core'
import { property } from '@understudy/testkit'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HostileRequest, hostileRequests } from '../testing/hostile.ts'
import type { Ids } from '../testing/hostile-json.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

/** Nothing takes this long that does not hang. */
const PATIENCE_MS = 20_000

const operations = Object.values(contract).flatMap((group) => Object.entries(group as Record<string, Operation>))
const agent = new Agent({ keepAlive: true })
const complaints: string[] = []

let api: Awaited<ReturnType<typeof startApi>>
let bot: Caller
let integration: Caller

beforeAll(async () => {
  const logger = pino({ level: 'error' }, { write: (line) => void complaints.push(line) })
  api = await startApi({ logger })
  const tags = { tags: { a: {} } }
  await updateBot(
    await api.owner(),
    api.home.botId,
    {
      states: { profile: { type: 'user', schema: {} } },
      events: { custom: { schema: {} } },
      user: tags,
      conversation: tags,
      message: tags,
    },
    'alias',
  )
  bot = await api.bot()
  integration = await api.integration()
})
afterAll(() => agent.destroy())

/** Everybody who may make a call: who would be refused anyway is not worth a request. */
const callersOf = ({ access }: Operation, account: Caller): Caller[] => {
  const kinds: readonly string[] = 'callers' in access ? access.callers : []
  const others = Object.entries({ bot, integration, emulator: api.emulator() }).filter(([kind]) => kinds.includes(kind))
  return [account, ...others.map(([, caller]) => caller)]
}

/** One of everything, by the names it is asked for, and by the paths it is under. */
const makeOneOfEverything = async (account: Caller): Promise<Ids> => {
  const admin = await api.owner()
  const made = async (caller: Caller, path: string, body: object): Promise<string> => {
    const { status, body: answer } = await caller.call('POST', path, body)
    expect(status, JSON.stringify(answer)).toBeLessThan(300)
    const entity = Object.values(answer).find((value) => typeof value === 'object' && value !== null && 'id' in value)
    return ((entity ?? answer) as { id: string }).id
  }
  const userId = await made(bot, '/v1/chat/users', { tags: {} })
  const conversationId = await made(bot, '/v1/chat/conversations', { channel: 'channel', tags: {} })
  const said = { userId, conversationId, type: 'text', payload: {}, tags: {} }
  const messageId = await made(bot, '/v1/chat/messages', said)
  await made(bot, `/v1/chat/states/user/${userId}/profile`, { payload: {} })
  const event = { type: 'custom', payload: {} }
  const { id: botId } = await createBot(admin, {})
  const { id: integrationId } = await createIntegration(admin, { name: `spare-${newUuid()}`, version: '1.0.0' })
  const byName = { userId, conversationId, messageId, botId, integrationId, type: 'custom', channel: 'channel' }
  return {
    ...byName,
    ...{ name: 'hostile', version: '1.0.0' },
    '/v1/chat/users': userId,
    '/v1/chat/states/:type': userId,
    '/v1/chat/conversations': conversationId,
    '/v1/chat/messages': messageId,
    '/v1/chat/events': await made(bot, '/v1/chat/events', event),
    '/v1/chat/events/scheduled': await made(bot, '/v1/chat/events', { ...event, schedule: { delay: 60_000 } }),
    '/v1/admin/bots': botId,
    '/v1/admin/integrations': integrationId,
    '/v1/admin/hub/integrations': integrationId,
    '/_understudy/integrations': integrationId,
    '/v1/admin/workspaces': await made(account, '/v1/admin/workspaces', { name: 'Spare' }),
    '/v1/storage/files': await made(bot, '/v1/storage/files', {
      ...{ botId: api.home.botId, name: 'a', contents: 'AAAA', accessType: 'public' },
    }),
    '/_understudy/api-clients': await made(account, '/_understudy/api-clients', { standsFor: { kind: 'bot', botId } }),
    '/v1/admin/account/pats': await made(account, '/v1/admin/account/pats', { note: '' }),
    '/v1/admin/bots/baks': await made(account, '/v1/admin/bots/baks', { botId }),
    '/v1/admin/integrations/iaks': await made(account, '/v1/admin/integrations/iaks', { integrationId }),
  }
}

const send = async (caller: Caller, { method, path, headers, body }: HostileRequest) => {
  const length = body.length > 0 || method !== 'GET' ? { 'content-length': String(body.length) } : {}
  const sent = request(api.url, {
    agent,
    method,
    path,
    headers: { ...caller.headers, ...length, ...headers },
    timeout: PATIENCE_MS,
  })
  sent.on('timeout', () => sent.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)))
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const endless = answer.headers['content-type']?.startsWith('text/event-stream')
  if (endless) answer.destroy()
  return { status: answer.statusCode ?? 0, text: endless ? '' : await text(answer) }
}

const ERROR_BODY = {
  id: expect.stringMatching(/^err_/),
  type: expect.toSatisfy((type: string) => Object.hasOwn(ERROR_TYPES, type)),
  message: expect.any(String),
  description: expect.any(String),
}

test.each(operations)('%s answers whatever is sent, never with an error of the server', async (_, operation) => {
  // An account of its own: it may be deleted.
  const account = await api.account('owner')
  const ids = await makeOneOfEverything(account)
  await fc.assert(
    fc.asyncProperty(
      hostileRequests(operation, ids),
      fc.constantFrom(...callersOf(operation, account)),
      async (sent, sender) => {
        complaints.length = 0
        const answer = await send(sender, sent)
        expect(answer.status, complaints.join('')).toBeLessThan(500)
        if (answer.status < 400) return
        const body: unknown = JSON.parse(answer.text)
        if (operation.refusal?.safeParse(body).success) return
        expect(body).toMatchObject({ ...ERROR_BODY, code: answer.status, status: answer.status })
      },
    ),
    property(30),
  )
  expect((await bot.call('GET', '/v1/chat/users')).status).toBe(200)
})
