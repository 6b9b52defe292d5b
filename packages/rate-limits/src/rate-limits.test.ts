import { randomUUID } from 'node:crypto'
import { redisUrl, startRedisServer } from '@understudy/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openRateLimits, type RateLimits } from './rate-limits.ts'

const rate = { max: 3, seconds: 60 }
const rates = { requests: rate, webhooks: rate, messages: rate }

const open = async (url?: string, name: string = randomUUID()): Promise<RateLimits> => {
  const limits = await openRateLimits({ rates, redisUrl: url, databaseUrl: `postgres://db/${name}` })
  onTestFinished(limits.close)
  return limits
}
const takeTimes = async (times: number, ...limits: [RateLimits, ...RateLimits[]]) => {
  const taken = []
  for (let n = 0; n < times; n++) taken.push(await (limits[n % limits.length] ?? limits[0]).take('requests', 'a'))
  return taken.map(({ remaining, isOver }) => [remaining, isOver])
}
const ALL = [
  [2, false],
  [1, false],
  [0, false],
  [0, true],
  [0, true],
]

describe.each([
  ['alone', undefined],
  ['with Redis', redisUrl()],
])('%s', (name, url) => {
  test.runIf(name === 'alone' || url)(
    'so many are let through, and each key and each limit counts for itself',
    async () => {
      const limits = await open(url)
      expect(await takeTimes(5, limits)).toEqual(ALL)
      expect(await limits.take('requests', 'b')).toMatchObject({ remaining: 2, isOver: false })
      expect(await limits.take('messages', 'a')).toMatchObject({ max: 3, remaining: 2, isOver: false })
      const { resetMs } = await limits.take('requests', 'a')
      expect(resetMs).toBeGreaterThan(50_000)
      expect(resetMs).toBeLessThanOrEqual(60_000)
    },
  )
})

test.runIf(redisUrl())('processes that share a Redis count together', async () => {
  const namespace = randomUUID()
  const [one, other] = [await open(redisUrl(), namespace), await open(redisUrl(), namespace)]
  expect(await takeTimes(5, one, other)).toEqual(ALL)
  expect(await (await open(redisUrl())).take('requests', 'a')).toMatchObject({ remaining: 2 })
})

test('a Redis that goes away fails nothing: each process counts by itself until it is back', async () => {
  const redis = await startRedisServer()
  if (!redis) return
  const namespace = randomUUID()
  const [one, other] = [await open(redis.url, namespace), await open(redis.url, namespace)]
  expect((await one.take('requests', 'a')).remaining).toBe(2)
  expect((await other.take('requests', 'a')).remaining).toBe(1)
  await redis.stop()
  expect(await other.take('requests', 'b')).toMatchObject({ remaining: 2, isOver: false })
  expect(await one.take('requests', 'b')).toMatchObject({ remaining: 2, isOver: false })
})

test('a Redis that was never there keeps nobody from starting', async () => {
  expect(await takeTimes(5, await open('redis://127.0.0.1:1'))).toEqual(ALL)
})
