import { createIntegration, expireStates, updateBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const clock = movingClock()
let api: Awaited<ReturnType<typeof startApi>>
let bot: Caller
let parrot: Caller
let user: string
let parrotId: string

const anything = { type: 'object', additionalProperties: true }
const counter = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] }

beforeAll(async () => {
  api = await startApi({ clock })
  const admin = await api.owner()
  const parrotOf = (version: string) =>
    createIntegration(admin, {
      name: 'parrot',
      version,
      channels: { room: { messages: {} } },
      states: { own: { type: 'integration', schema: anything }, profile: { type: 'user', schema: anything } },
    })
  parrotId = (await parrotOf('1.0.0')).id
  const states = {
    counter: { type: 'user' as const, schema: counter },
    profile: { type: 'user' as const, schema: anything },
    session: { type: 'user' as const, schema: anything, expiry: 60_000 },
  }
  const installed = { parrot: { integrationId: parrotId, enabled: true } }
  await updateBot(admin, api.home.botId, { states, integrations: installed }, 'alias')
  bot = await api.bot()
  parrot = await api.integration(parrotId)
  user = ((await parrot.call('POST', '/v1/chat/users', { tags: {} })).body['user'] as { id: string }).id
})

const at = (name: string, rest = '') => `/v1/chat/states/user/${user}/${name}${rest}`
const stateIn = ({ body }: Answer) =>
  body['state'] as { id: string; payload: unknown; expiry?: number; expiresAt?: string }

test('a payload its schema refuses is named and not stored', async () => {
  const refused = await bot.call('POST', at('counter'), { payload: { n: 'many' } })
  expect(refused.body).toMatchObject({
    code: 400,
    type: 'InvalidDataFormat',
    message: expect.stringMatching(/payload\.n/),
  })
  expect((await bot.call('GET', at('counter'))).body).toMatchObject({
    code: 404,
    message: expect.stringMatching(/No state found/),
  })
})

test('a patch that would leave a state its schema refuses changes nothing', async () => {
  await bot.call('POST', at('counter'), { payload: { n: 1 } })
  expect((await bot.call('PATCH', at('counter'), { payload: { n: null, m: 2 } })).status).toBe(400)
  expect(stateIn(await bot.call('GET', at('counter'))).payload).toEqual({ n: 1 })
})

test('a name nobody declared for this kind of owner is refused, listing those that are', async () => {
  expect((await bot.call('POST', at('mood'), { payload: {} })).body).toMatchObject({
    code: 400,
    type: 'InvalidPayload',
    message: expect.stringMatching(/counter, profile, session/),
  })
})

test('bot and integration each have their own state of a name', async () => {
  await bot.call('POST', at('profile'), { payload: { of: 'bot' } })
  await parrot.call('POST', at('profile'), { payload: { of: 'parrot' } })
  expect(stateIn(await bot.call('GET', at('profile'))).payload).toEqual({ of: 'bot' })
  expect(stateIn(await parrot.call('GET', at('profile'))).payload).toEqual({ of: 'parrot' })
})

test('null clears a state, whether or not it is there', async () => {
  await bot.call('POST', at('profile'), { payload: { a: 1 } })
  for (let again = 0; again < 2; again++)
    expect(stateIn(await bot.call('POST', at('profile'), { payload: null })).payload).toEqual({})
  expect((await bot.call('GET', at('profile'))).status).toBe(404)
})

test('the state of an installation survives an upgrade, under the id of any version it has had', async () => {
  const admin = await api.owner()
  const own = (id: string) => `/v1/chat/states/integration/${id}/own`
  await parrot.call('POST', own(parrotId), { payload: { since: 1 } })
  const { id: next } = await createIntegration(admin, {
    name: 'parrot',
    version: '2.0.0',
    channels: { room: { messages: {} } },
    states: { own: { type: 'integration', schema: anything }, profile: { type: 'user', schema: anything } },
  })
  await updateBot(admin, api.home.botId, { integrations: { parrot: { integrationId: next } } }, 'alias')
  const upgraded = await api.integration(next)
  expect(stateIn(await upgraded.call('GET', own(next))).payload).toEqual({ since: 1 })
  expect(stateIn(await parrot.call('GET', own(parrotId))).payload).toEqual({ since: 1 })
})

test('a state is forgotten once it was idle for its expiry; reading it counts as use', async () => {
  const { expiry } = stateIn(await bot.call('POST', at('session'), { payload: { a: 1 } }))
  expect(expiry).toBe(60_000)
  clock.advance(50_000)
  expect((await bot.call('GET', at('session'))).status).toBe(200)
  clock.advance(50_000)
  expect((await bot.call('GET', at('session'))).status).toBe(200)
  clock.advance(60_000)
  expect((await bot.call('GET', at('session'))).status).toBe(404)
})

test('writing over an expired state leaves the event the bot is owed, and a new state', async () => {
  const { id } = stateIn(await bot.call('POST', at('session'), { payload: { round: 1 } }))
  clock.advance(60_000)
  const { state, meta } = (await bot.call('POST', at('session', '/get-or-set'), { payload: { round: 2 } })).body as {
    state: { id: string; payload: unknown }
    meta: { cached: boolean }
  }
  expect([state.payload, meta.cached, state.id === id]).toEqual([{ round: 2 }, false, false])
  const { body } = await bot.call('GET', '/v1/chat/events?type=state_expired')
  expect((body['events'] as object[])[0]).toMatchObject({
    userId: user,
    payload: { state: { id, payload: { round: 1 } } },
  })
})

test('clearing an expired state leaves that event as well; a state that went with its owner leaves none', async () => {
  const told = async () =>
    ((await bot.call('GET', '/v1/chat/events?type=state_expired')).body['events'] as object[]).length
  await bot.call('POST', at('session'), { payload: { round: 3 } })
  clock.advance(60_000)
  const before = await told()
  expect((await bot.call('POST', at('session'), { payload: null })).status).toBe(200)
  expect(await told()).toBe(before + 1)

  const { id } = (await parrot.call('POST', '/v1/chat/users', { tags: {} })).body['user'] as { id: string }
  await bot.call('POST', `/v1/chat/states/user/${id}/session`, { payload: {} })
  await parrot.call('DELETE', `/v1/chat/users/${id}`)
  clock.advance(60_000)
  expect([await expireStates(api.platform, 10), await told()]).toEqual([0, before + 1])
})

test('nothing expires twice, however many sweep at once', async () => {
  await bot.call('POST', at('session'), { payload: { round: 4 } })
  await bot.call('POST', at('session', '/expiry'), { expiry: 1000 })
  clock.advance(1000)
  const swept = await Promise.all(Array.from({ length: 4 }, () => expireStates(api.platform, 10)))
  expect(swept.reduce((sum, one) => sum + one, 0)).toBe(1)
})

test('null means never', async () => {
  await bot.call('POST', at('session'), { payload: {}, expiry: null })
  clock.advance(365 * 24 * 60 * 60 * 1000)
  expect((await bot.call('GET', at('session'))).status).toBe(200)
})
