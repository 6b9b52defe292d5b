import { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { LimitName, Rate } from './cloud.ts'

/** What is left of a limit after a request. */
export type Taken = { limit: LimitName; max: number; remaining: number; resetMs: number; isOver: boolean }

/** Counts requests, for all processes that share a Redis together. */
export type RateLimits = {
  /** Counts one. Never fails: without Redis each process counts by itself. */
  take: (limit: LimitName, key: string) => Promise<Taken>
  close: () => Promise<void>
}

export type RateLimitsOptions = {
  rates: Readonly<Record<LimitName, Rate>>
  /** undefined: this process counts by itself */
  redisUrl?: string | undefined
  /** tells servers that share a Redis apart */
  databaseUrl: string
}

/** A request waits for a count no longer than this, on top of what it takes anyway. */
const PATIENCE_MS = 100
const RECONNECT_AT_MOST_MS = 1_000

/** Opens the counters. Tries to reach Redis once, but does not insist: it may come and go at any moment. */
export const openRateLimits = async ({ rates, redisUrl, databaseUrl }: RateLimitsOptions): Promise<RateLimits> => {
  const redis = redisUrl === undefined ? undefined : await connect(redisUrl)
  const limiters = Object.fromEntries(
    Object.entries(rates).map(([name, rate]) => [
      name,
      limiterOf(rate, `understudy:${new URL(databaseUrl).pathname.slice(1)}:rate:${name}`, redis),
    ]),
  ) as Record<LimitName, RateLimiterAbstract>
  return {
    take: async (limit, key) => {
      const { max } = rates[limit]
      try {
        const { remainingPoints: remaining, msBeforeNext: resetMs } = await limiters[limit].consume(key)
        return { limit, max, remaining, resetMs, isOver: false }
      } catch (over) {
        if (!(over instanceof RateLimiterRes)) throw over
        return { limit, max, remaining: 0, resetMs: over.msBeforeNext, isOver: true }
      }
    },
    close: async () => redis?.disconnect(),
  }
}

const connect = async (url: string): Promise<Redis> => {
  const redis = new Redis(url, {
    // What cannot be counted at once is counted here: nothing may pile up.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE_MS,
    retryStrategy: (times) => Math.min(times * 100, RECONNECT_AT_MOST_MS),
  })
  // That Redis is away is said by the queue; here nothing fails because of it.
  redis.on('error', () => {})
  await new Promise<void>((tried) => redis.once('ready', tried).once('error', () => tried()))
  return redis
}

const limiterOf = ({ max, seconds }: Rate, keyPrefix: string, redis: Redis | undefined): RateLimiterAbstract => {
  const rate = { points: max, duration: seconds, keyPrefix }
  const here = new RateLimiterMemory(rate)
  if (!redis) return here
  return new RateLimiterRedis({
    ...rate,
    storeClient: redis,
    insuranceLimiter: here,
    rejectIfRedisNotReady: true,
    // Who is over the limit already costs Redis nothing.
    inMemoryBlockOnConsumed: max + 1,
  })
}
