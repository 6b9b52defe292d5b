import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createLogger, newUuid } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { startApi } from '../testing/start-api.ts'

const lines: string[] = []
const logger = createLogger('trace', new Writable({ write: (line, _, done) => (lines.push(String(line)), done()) }))

let api: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  api = await startApi({ logger })
})

/** The line about a request, once it is written. */
const lineOf = async (requestId: string | null): Promise<Record<string, unknown>> => {
  const find = () => lines.find((line) => line.includes(`"requestId":"${requestId}"`))
  await expect.poll(find).toBeDefined()
  return JSON.parse(find() ?? '{}') as Record<string, unknown>
}

test('a line of the log says what was asked, where, and what came of it; the client has its id', async () => {
  const bot = await api.bot()
  const { headers } = await bot.call('POST', '/v1/chat/users', { tags: {} })
  const { botId, workspaceId } = api.home
  expect(await lineOf(headers.get('x-request-id'))).toMatchObject({
    level: 30,
    operationId: 'createUser',
    botId,
    workspaceId,
    status: 201,
    ms: expect.any(Number),
  })
  const admin = await api.account('owner')
  const listed = await admin.call('GET', '/v1/admin/bots')
  expect(await lineOf(listed.headers.get('x-request-id'))).toMatchObject({ operationId: 'listBots', workspaceId })
})

test.each(['/v1/nothing', '/v1/chat/users', '/v1/chat/users/%zz', '/healthz'])(
  'whatever %s is answered, it has an id',
  async (path) => {
    const { headers } = await fetch(`${api.url}${path}`)
    expect(await lineOf(headers.get('x-request-id'))).toMatchObject({ msg: 'answered' })
  },
)

test('a request that is refused before anybody looks at who sent it is recorded like any other', async () => {
  const id = newUuid()
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
  socket.write(`GET /healthz HTTP/1.1\r\nx-request-id: ${id}\r\nconnection: close\r\n\r\n`)
  expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /)
  expect(await lineOf(id)).toMatchObject({ status: 400 })
})

test('a request that comes with an id keeps it, if that is one', async () => {
  const asked = async (id: string) =>
    (await fetch(`${api.url}/healthz`, { headers: { 'x-request-id': id } })).headers.get('x-request-id')
  const id = `proxy:${newUuid()}`
  expect(await asked(id)).toBe(id)
  expect(await asked('a"b')).not.toBe('a"b')
  expect(await asked('a'.repeat(129))).toHaveLength(36)
})

test('nothing that lets somebody in is ever in the log', async () => {
  const canary = `canary${newUuid()}`
  const headers = {
    authorization: `Bearer bp_pat_${canary}`,
    cookie: `session=${canary}`,
    'x-bp-configuration': Buffer.from(JSON.stringify({ password: canary })).toString('base64'),
    'content-type': 'application/json',
  }
  const id = newUuid()
  const visit = (path: string, body?: string) =>
    fetch(`${api.url}${path}?token=${canary}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, 'x-request-id': id },
      body: body ?? null,
    })
  await visit('/v1/chat/users')
  await visit('/v1/chat/users', `{"tags":{"a":"${canary}"}`)
  await visit('/v1/authenticate', JSON.stringify({ clientKey: canary, clientSecret: canary }))
  await visit('/oauth2/token', `client_secret=${canary}`)
  await visit(`/webhook/${newUuid()}`, canary)
  await visit(`/v1/nothing/${canary}`)
  await expect.poll(() => lines.filter((line) => line.includes(id)).length).toBe(6)
  expect(lines.join('')).not.toContain(canary)
  expect(lines.join('')).not.toContain(headers['x-bp-configuration'])
})
