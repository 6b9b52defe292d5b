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
let callers: Caller[]

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
  callers = [await api.account('owner'), await api.bot(), await api.integration()]
})
afterAll(() => agent.destroy())

const callersOf = ({ access }: Operation): Caller[] => {
  const [account, bot, integration] = callers as [Caller, Caller, Caller]
  const kinds: readonly string[] = 'callers' in access ? access.callers : []
  return [account, ...(kinds.includes('bot') ? [bot] : []), ...(kinds.includes('integration') ? [integration] : [])]
}

/** One of everything, by the names it is asked for, and by the paths it is under. */
const makeOneOfEverything = async (): Promise<Ids> => {
  const [account, bot] = callers as [Caller, Caller]
  const admin = await api.owner()
  const made = async (caller: Caller, path: string, body: object): Promise<string> => {
    const { body: answer } = await caller.call('POST', path, body)
    return String((Object.values(answer)[0] as { id?: string }).id ?? answer['id'])
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
    '/v1/admin/workspaces': api.home.workspaceId,
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
  return { status: answer.statusCode ?? 0, text: await text(answer) }
}

const ERROR_BODY = {
  id: expect.stringMatching(/^err_/),
  code: expect.any(Number),
  type: expect.toSatisfy((type: string) => Object.hasOwn(ERROR_TYPES, type)),
  message: expect.any(String),
  description: expect.any(String),
  status: expect.any(Number),
}

test.each(operations)('%s answers whatever is sent, never with an error of the server', async (_, operation) => {
  const ids = await makeOneOfEverything()
  const senders = callersOf(operation)
  await fc.assert(
    fc.asyncProperty(hostileRequests(operation, ids), fc.constantFrom(...senders), async (sent, sender) => {
      complaints.length = 0
      const answer = await send(sender, sent)
      expect(answer.status, complaints.join('')).toBeLessThan(500)
      if (answer.status < 400) return
      const body = JSON.parse(answer.text) as Record<string, unknown>
      expect(body).toMatchObject(ERROR_BODY)
      expect([body['code'], body['status']]).toEqual([answer.status, answer.status])
    }),
    property(30),
  )
  expect((await (senders[0] as Caller).call('GET', '/v1/chat/users')).status).toBe(200)
})
