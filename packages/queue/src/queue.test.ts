import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { database, freePort, redisUrl } from '@understudy/testkit'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { connectQueue, defineJobs, type Processors, type Queue } from './index.ts'

const jobs = defineJobs({
  'greetings.send': { payload: z.object({ name: z.string(), times: z.coerce.number().default(1) }) },
  'greetings.sweep': { payload: z.object({}) },
})
type Work = Processors<typeof jobs, undefined>

const idle: Work = { 'greetings.send': async () => {}, 'greetings.sweep': async () => {} }

let databaseUrl: string
const opened: { close(): Promise<void> }[] = []
beforeEach(async () => {
  databaseUrl = (await database({ migrated: false })).url
})
afterEach(async () => {
  for (const open of gates.splice(0)) open()
  await Promise.all(opened.splice(0).map((one) => one.close()))
  if (redisUrl()) await redisForgets()
})

/** A process with a queue, and what it logged. */
const process = async (redis: string | undefined, kinds = jobs) => {
  const logger = { warn: vi.fn<Log>(), error: vi.fn<Log>() }
  const queue: Queue<typeof jobs> = await connectQueue({ jobs: kinds, databaseUrl, redisUrl: redis, logger })
  opened.push(queue)
  return { queue, logger }
}
type Log = (details: Record<string, unknown>, message: string) => void

const gates: (() => void)[] = []

/** A promise to be kept by hand, or when the test ends. */
const gate = () => {
  let open = () => {}
  const opening = new Promise<void>((resolve) => {
    open = resolve
  })
  // Else a test that fails would leave its job running, and closing waits for that.
  gates.push(open)
  return { open, opening }
}

/** A way to a server that can be cut. */
const cable = async (url: string) => {
  const target = new URL(url)
  const ends = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    const far = connect(Number(target.port || (target.protocol === 'redis:' ? 6379 : 5432)), target.hostname)
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.pipe(other)
      end.on('error', () => {}).on('close', () => other.destroy())
    }
    if (isCut) near.destroy()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const own = new URL(url)
  own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const cut = () => {
    isCut = true
    for (const end of ends) end.destroy()
    ends.clear()
  }
  opened.push({ close: async () => void server.close(cut) })
  return {
    url: own.toString(),
    cut,
    mend: () => {
      isCut = false
    },
  }
}

/** Puts a cable between this process and where its queue lives. */
const throughCable = async (redis: string | undefined) => {
  const way = await cable(redis ?? databaseUrl)
  if (!redis) databaseUrl = way.url
  return { ...way, redis: redis && way.url }
}

const redisForgets = async () => {
  const redis = new Redis(redisUrl() ?? '')
  // What FLUSHALL does, to our keys alone: others use this Redis too.
  const keys = await redis.keys(`{understudy:${new URL(databaseUrl).pathname.slice(1)}}*`)
  const gone = keys.length > 0 ? await redis.del(keys) : 0
  redis.disconnect()
  return gone
}

const postgresForgets = async () => {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('bullmq.%I', tablename) as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
    )
    // It locks every table, beside who works on them: PostgreSQL may end it to undo a deadlock.
    await vi.waitFor(() => client.query(`truncate ${rows.map(({ name }) => name).join(', ')}`), 10_000)
    return rows.length
  } finally {
    await client.end()
  }
}

const backends = [
  { name: 'PostgreSQL', here: true, redis: () => undefined, forgets: postgresForgets },
  { name: 'Redis', here: redisUrl() !== undefined, redis: redisUrl, forgets: redisForgets },
]

describe.for(backends)('on $name', ({ here, redis, forgets }) => {
  test.runIf(here)('every job runs once, whoever takes it, with its payload parsed', async () => {
    const ran: { name: string; times: number }[] = []
    const processors: Work = { ...idle, 'greetings.send': async (payload) => void ran.push(payload) }
    const [one, other] = [await process(redis()), await process(redis())]
    one.queue.work(processors, undefined)
    other.queue.work(processors, undefined)
    const names = Array.from({ length: 50 }, (_, index) => `n${index}`)
    await Promise.all(names.map((name) => one.queue.enqueue('greetings.send', { name, times: '2' })))
    await expect.poll(() => ran.length, { timeout: 10_000 }).toBe(50)
    await Promise.all([one.queue.close(), other.queue.close()])
    expect(ran.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
    expect(new Set(ran.map(({ times }) => times))).toEqual(new Set([2]))
  })

  test.runIf(here)('a job that fails is logged, and the next one runs', async () => {
    const { queue, logger } = await process(redis())
    const ran: string[] = []
    queue.work(
      {
        ...idle,
        'greetings.send': async ({ name }) => {
          if (name === 'bad') throw new Error('no such person')
          ran.push(name)
        },
      },
      undefined,
    )
    await queue.enqueue('greetings.send', { name: 'bad' })
    await queue.enqueue('greetings.send', { name: 'good' })
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['good'])
    await expect.poll(() => logger.error.mock.calls).toHaveLength(1)
    expect(logger.error).toHaveBeenCalledWith(
      { job: 'greetings.send', err: expect.objectContaining({ message: 'no such person' }) },
      'job failed',
    )
  })

  test.runIf(here)('a job of a release that knows more is dropped, and said so', async () => {
    const { queue: newer } = await process(redis())
    const { queue: older, logger } = await process(redis(), {
      'greetings.sweep': jobs['greetings.sweep'],
    } as typeof jobs)
    older.work(idle, undefined)
    await newer.enqueue('greetings.send', { name: 'x' })
    await expect
      .poll(() => logger.warn.mock.calls, { timeout: 10_000 })
      .toContainEqual([{ job: 'greetings.send' }, 'unknown job dropped'])
    expect(logger.error).not.toHaveBeenCalled()
  })

  test.runIf(here)('what repeats goes on after the queue forgot everything, even in the middle of a job', async () => {
    const { queue } = await process(redis())
    const { open, opening } = gate()
    let sweeps = 0
    let sent = 0
    queue.work(
      {
        'greetings.sweep': async () => void sweeps++,
        'greetings.send': async () => {
          await opening
          sent++
        },
      },
      undefined,
    )
    queue.repeat('greetings.sweep', 100, {})
    await queue.enqueue('greetings.send', { name: 'x' })
    await expect.poll(() => sweeps, { timeout: 10_000 }).toBeGreaterThan(2)
    expect(await forgets()).toBeGreaterThan(0)
    const before = sweeps
    open()
    await expect.poll(() => sweeps, { timeout: 10_000 }).toBeGreaterThan(before + 2)
    await queue.enqueue('greetings.send', { name: 'y' })
    await expect.poll(() => sent, { timeout: 10_000 }).toBe(2)
  })

  test.runIf(here)('what repeats runs once in its interval, however many processes ask for it', async () => {
    const ran: number[] = []
    for (const { queue } of await Promise.all([1, 2, 3].map(() => process(redis())))) {
      queue.work({ ...idle, 'greetings.sweep': async () => void ran.push(Date.now()) }, undefined)
      queue.repeat('greetings.sweep', 400, {})
    }
    await expect.poll(() => ran.length, { timeout: 10_000 }).toBeGreaterThan(4)
    // Without an arrangement between them it would be three times as many.
    const [first = 0, last = 0] = [ran[0], ran.at(-1)]
    expect((last - first) / (ran.length - 1)).toBeGreaterThan(200)
  })

  test.runIf(here)('what was connected when the server went away works on when it is back', async () => {
    const way = await throughCable(redis())
    const { queue, logger } = await process(way.redis)
    const ran: string[] = []
    let sweeps = 0
    queue.work(
      { 'greetings.send': async ({ name }) => void ran.push(name), 'greetings.sweep': async () => void sweeps++ },
      undefined,
    )
    queue.repeat('greetings.sweep', 100, {})
    await queue.enqueue('greetings.send', { name: 'before' })
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['before'])
    way.cut()
    await expect.poll(() => logger.warn.mock.calls.length).toBeGreaterThan(0)
    // Sweeps do not depend on the queue.
    const meanwhile = sweeps
    await expect.poll(() => sweeps, { timeout: 10_000 }).toBeGreaterThan(meanwhile + 2)
    way.mend()
    await expect
      .poll(
        () =>
          queue.enqueue('greetings.send', { name: 'after' }).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true)
    await expect.poll(() => ran, { timeout: 10_000 }).toContain('after')
  })

  test.runIf(here)('closing while the server is away waits for the job that runs, and not for the server', async () => {
    const way = await throughCable(redis())
    const { queue } = await process(way.redis)
    const { open, opening } = gate()
    let [started, finished] = [0, 0]
    queue.work(
      {
        ...idle,
        'greetings.send': async () => {
          started++
          await opening
          finished++
        },
      },
      undefined,
    )
    await queue.enqueue('greetings.send', { name: 'x' })
    await expect.poll(() => started, { timeout: 10_000 }).toBe(1)
    const closing = queue.close()
    way.cut()
    open()
    await closing
    expect(finished).toBe(1)
  })

  test.runIf(here)('closing waits for the job that runs, and takes no other', async () => {
    const { queue } = await process(redis())
    const { open, opening } = gate()
    let [started, finished] = [0, 0]
    queue.work(
      {
        ...idle,
        'greetings.send': async () => {
          started++
          await opening
          finished++
        },
      },
      undefined,
    )
    await queue.enqueue('greetings.send', { name: 'x' })
    await expect.poll(() => started, { timeout: 10_000 }).toBe(1)
    let closed = false
    const closing = queue.close().then(() => {
      closed = true
    })
    await (await process(redis())).queue.enqueue('greetings.send', { name: 'y' })
    expect(closed).toBe(false)
    open()
    await closing
    expect([started, finished]).toEqual([1, 1])
  })
})

test('without the Redis that is configured, sweeps go on, nothing else is accepted, and closing does not wait', async () => {
  const { queue, logger } = await process(`redis://127.0.0.1:${await freePort()}`)
  let sweeps = 0
  queue.work({ ...idle, 'greetings.sweep': async () => void sweeps++ }, undefined)
  queue.repeat('greetings.sweep', 50, {})
  await expect.poll(() => sweeps).toBeGreaterThan(3)
  await expect(queue.enqueue('greetings.send', { name: 'x' })).rejects.toThrow('The queue cannot be reached.')
  await queue.close()
  expect(logger.warn).toHaveBeenCalledOnce()
})

test('a queue that is to live in a database which is not there says so at once', async () => {
  databaseUrl = `postgres://127.0.0.1:${await freePort()}/none`
  await expect(process(undefined)).rejects.toThrow(/ECONNREFUSED/)
})
