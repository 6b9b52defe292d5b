import { startRedisServer } from '@understudy/testkit'
import { expect, test } from 'vitest'
import { pages, watchWorker } from './pages.ts'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

test('a worker is ready while it reaches its queue, and not once it is about to stop', async () => {
  const redis = await startRedisServer()
  if (!redis) return
  const on = await stage()
  const working = await work(on.options(redis.url))
  try {
    const readiness = watchWorker(on.platform, working)
    const ready = async () => {
      const { status, text } = await pages(on.platform, readiness, false)['/readyz']()
      return [status, (JSON.parse(text) as { checks: object }).checks]
    }
    const fine = { database: 'ok', migrations: 'ok', queue: 'ok', process: 'ok' }
    expect(await ready()).toEqual([200, fine])
    await redis.stop()
    await expect.poll(ready).toEqual([503, { ...fine, queue: 'Redis is away' }])
    readiness.drain()
    expect(await ready()).toEqual([503, { ...fine, queue: 'Redis is away', process: 'is stopping' }])
  } finally {
    await working.close()
  }
})
