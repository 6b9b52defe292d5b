import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildApp } from '../app.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller
let second: string

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
  // Another api process on the same database.
  const app = await buildApp(api.platform, pino({ level: 'silent' }))
  afterAll(() => app.close())
  second = await app.listen({ host: '127.0.0.1', port: 0 })
})

const REVOKED_WITHIN_MS = 1000

test.each([
  ['a personal access token', '/v1/admin/account/pats', { note: 'ci' }, 'pat', '/v1/admin/account/me'],
  ['a bot key', '/v1/admin/bots/baks', { botId: 'BOT' }, '', '/v1/chat/users'],
  ['an integration key', '/v1/admin/integrations/iaks', { integrationId: 'EMULATOR' }, '', '/v1/chat/users'],
])(
  '%s works at once, is shown once, and is worthless everywhere within a second of its end',
  async (_, path, body, noun, use) => {
    const { botId, emulatorIntegrationId } = api.home
    const filled = JSON.parse(
      JSON.stringify(body).replace('BOT', botId).replace('EMULATOR', emulatorIntegrationId),
    ) as object
    const issued = await owner.call('POST', path, filled)
    const { id, value } = (noun ? issued.body[noun] : issued.body) as { id: string; value: string }
    const headers = { authorization: `Bearer ${value}`, 'x-bot-id': botId }
    const statuses = async () =>
      Promise.all([api.url, second].map(async (url) => (await fetch(`${url}${use}`, { headers })).status))

    expect(await statuses()).toEqual([200, 200])
    expect((await owner.call('DELETE', `${path}/${id}`)).status).toBe(200)
    await vi.waitUntil(async () => (await statuses()).every((status) => status === 401), {
      timeout: REVOKED_WITHIN_MS,
      interval: 20,
    })
  },
)

test('the database holds no token, only keyed hashes', async () => {
  const { body } = await owner.call('POST', '/v1/admin/account/pats', { note: 'secret' })
  const { value } = body['pat'] as { value: string }
  const rows = await api.platform.db.rows({ name: 'test.tokens', text: 'select t::text as row from tokens t' }, [])
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(value)
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(value).toString('hex'))
})

test('a key of one bot opens no other', async () => {
  const bot = await api.bot()
  const neighbour = await api.neighbour()
  const token = bot.headers['authorization']?.slice('Bearer '.length) ?? ''
  const answer = await api.caller(token, { 'x-bot-id': neighbour.botId }).call('GET', '/v1/chat/users')
  expect(answer.body).toMatchObject({ code: 404, type: 'ResourceNotFound' })
})

test('a key of an integration opens the bots that have it, and acts as it', async () => {
  const integration = await api.integration()
  const token = integration.headers['authorization']?.slice('Bearer '.length) ?? ''
  const bare = api.caller(token, { 'x-bot-id': api.home.botId })
  const { body } = await bare.call('POST', '/v1/chat/users', { tags: { id: 'bare' } })
  expect(body).toMatchObject({ user: { tags: { id: 'bare' } } })
  const { botId } = await api.neighbour()
  expect((await api.caller(token, { 'x-bot-id': botId }).call('GET', '/v1/chat/users')).status).toBe(404)
})

test('a bot key cannot pass for an integration', async () => {
  const bot = await api.bot()
  const token = bot.headers['authorization']?.slice('Bearer '.length) ?? ''
  const posing = api.caller(token, { ...bot.headers, 'x-integration-id': api.home.emulatorIntegrationId })
  expect((await posing.call('GET', '/v1/chat/users')).body).toMatchObject({ code: 403, type: 'Forbidden' })
})
