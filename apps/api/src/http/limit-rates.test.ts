import { newUuid } from '@understudy/core'
import { openRateLimits, type RateLimits } from '@understudy/rate-limits'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let rateLimits: RateLimits
beforeAll(async () => {
  const rates = {
    requests: { max: 20, seconds: 600 },
    webhooks: { max: 2, seconds: 600 },
    messages: { max: 3, seconds: 600 },
  }
  rateLimits = await openRateLimits({ rates, databaseUrl: `postgres://db/${newUuid()}` })
  api = await startApi({ rateLimits })
})
afterAll(() => rateLimits.close())

const left = ({ headers }: { headers: Headers }) => headers.get('ratelimit-remaining')

test('every answer in a workspace says what is left; one too many is refused, there and nowhere else', async () => {
  const neighbour = await api.neighbour()
  const list = () => neighbour.asOwner.call('GET', '/v1/chat/users')
  const first = await list()
  expect([first.headers.get('ratelimit-limit'), left(first)]).toEqual(['20', '19'])
  const resetSeconds = Number(first.headers.get('ratelimit-reset'))
  expect(resetSeconds).toBeGreaterThan(590)
  expect(resetSeconds).toBeLessThanOrEqual(600)
  // An error counts, and tells it too.
  expect(left(await neighbour.asOwner.call('GET', '/v1/chat/users/nobody'))).toBe('18')
  for (let n = 0; n < 18; n++) await list()

  const { status, headers, body } = await list()
  expect(status).toBe(429)
  expect(body).toMatchObject({ type: 'RateLimited', code: 429, metadata: { limit: 'requests', max: 20 } })
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(590)
  expect(headers.get('ratelimit-remaining')).toBe('0')
  expect((await (await api.bot()).call('GET', '/v1/chat/users')).status).toBe(200)
})

test('what end users say is counted by bot, however much room there is otherwise', async () => {
  const integration = await api.integration()
  const say = () => integration.call('POST', '/v1/chat/events', { type: 'emulator:any', payload: {} })
  const answers = [await say(), await say(), await say(), await say()]
  expect(answers.map(left)).toEqual(['2', '1', '0', '0'])
  expect(answers[3]).toMatchObject({ status: 429, body: { metadata: { limit: 'messages', max: 3 } } })
  expect((await integration.call('GET', '/v1/chat/users')).status).toBe(200)
})

test('webhooks are counted each by itself, whoever calls them', async () => {
  const [one, other] = [newUuid(), newUuid()]
  const call = (id: string) => fetch(`${api.url}/webhook/${id}/path`, { method: 'POST' })
  expect([(await call(one)).status, (await call(one)).status, (await call(one)).status]).toEqual([404, 404, 429])
  expect((await call(other)).status).toBe(404)
})

test('who asks whether the server is there is never refused', async () => {
  for (let n = 0; n < 25; n++) expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
})
