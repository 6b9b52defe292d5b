import { z } from 'zod'
import type { TakenJob } from './backend.ts'
import type { Enqueue, Jobs, Processors } from './job.ts'
import { openPostgresBackend } from './postgres-backend.ts'
import { quietly } from './quietly.ts'
import { openRedisBackend } from './redis-backend.ts'

/** Where the queue says what went wrong; pino is one. */
export type QueueLogger = Record<'warn' | 'error', (details: Record<string, unknown>, message: string) => void>

export type QueueOptions<J extends Jobs> = {
  jobs: J
  /** undefined: the queue lives in the database */
  redisUrl?: string | undefined
  databaseUrl: string
  logger: QueueLogger
}

/** Spreads work over processes. It may lose everything at any moment: what must happen is a row in our own tables. */
export type Queue<J extends Jobs, Ctx> = {
  /** Hands a job to some worker. @throws when the queue cannot be reached */
  enqueue: Enqueue<J>
  /** Lets this process take jobs. What a processor throws is logged, and the job is gone. */
  work(processors: Processors<J, Ctx>, ctx: Ctx): void
  /** Has a job run now and then about every so many ms, once among all processes that ask for it. For workers. */
  repeat<Name extends keyof J & string>(name: Name, everyMs: number, payload: z.input<J[Name]['payload']>): void
  /** Takes no more jobs, waits for those that run here, and lets go of the connections. */
  close(): Promise<void>
}

// A little less than the interval, so that a tick never meets the end of what the tick before it kept out.
const ONCE_IN = 0.9

/**
 * Opens the queue: BullMQ on Redis, or on PostgreSQL where there is no Redis.
 * @throws the driver's error when it is to live on PostgreSQL and that cannot be reached; Redis is not waited for
 */
export const connectQueue = async <const J extends Jobs, Ctx = undefined>({
  jobs,
  redisUrl,
  databaseUrl,
  logger,
}: QueueOptions<J>): Promise<Queue<J, Ctx>> => {
  const lost = quietly((error) => logger.warn({ error }, 'queue connection lost'))
  const failed = (job: string, error: unknown) => logger.error({ job, error }, 'job failed')
  // The database names the server, so that two of them on one Redis do not take each other's jobs.
  const namespace = `understudy:${new URL(databaseUrl).pathname.slice(1)}`
  const backend = redisUrl ? openRedisBackend(redisUrl, namespace, lost) : await openPostgresBackend(databaseUrl, lost)

  let runHere = (_job: TakenJob): Promise<void> => Promise.resolve()
  let taking: { end(): Promise<void> } | undefined
  const timers: NodeJS.Timeout[] = []
  const ticking = new Set<Promise<void>>()

  /** Without the queue, its work is done here: the sweeps must not depend on what may vanish. */
  const tick = async (name: string, everyMs: number, payload: unknown): Promise<void> => {
    if (backend.isReady()) {
      try {
        return await backend.add(name, payload, Math.floor(everyMs * ONCE_IN))
      } catch (error) {
        lost(error)
      }
    }
    await runHere({ name, data: payload }).catch((error: unknown) => failed(name, error))
  }

  return {
    enqueue: async (name, payload) => {
      if (!backend.isReady()) throw new Error('The queue cannot be reached.')
      await backend.add(name, payload)
    },
    work: (processors, ctx) => {
      const run = <Name extends keyof J & string>(name: Name, data: unknown): Promise<void> => {
        const job: J[Name] = jobs[name]
        const processor: Processors<J, Ctx>[Name] = processors[name]
        return processor(z.parse<J[Name]['payload']>(job.payload, data), ctx)
      }
      runHere = async ({ name, data }) => {
        if (!isOneOf(jobs, name)) return logger.warn({ job: name }, 'unknown job dropped')
        await run(name, data)
      }
      taking = backend.take(runHere, failed)
    },
    repeat: (name, everyMs, payload) => {
      const next = () => {
        const one = tick(name, everyMs, payload).finally(() => ticking.delete(one))
        ticking.add(one)
      }
      next()
      timers.push(setInterval(next, everyMs))
    },
    close: async () => {
      timers.forEach(clearInterval)
      await Promise.all([taking?.end(), ...ticking])
      await backend.close()
    },
  }
}

const isOneOf = <J extends object>(jobs: J, name: string): name is keyof J & string => Object.hasOwn(jobs, name)
