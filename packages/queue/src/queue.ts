import type { z } from 'zod'
import type { TakenJob } from './backend.ts'
import type { Enqueue, Jobs, Processors } from './job.ts'
import { openPostgresBackend } from './postgres-backend.ts'
import { quietly } from './quietly.ts'
import { openRedisBackend } from './redis-backend.ts'
import { repeatedly } from './repeatedly.ts'
import { runJobOf } from './run-job.ts'

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
export type Queue<J extends Jobs> = {
  /** Hands a job to some worker. @throws when the queue cannot be reached */
  enqueue: Enqueue<J>
  /** Lets this process take jobs. What a processor throws is logged, and the job is gone. Call it once. */
  work<Ctx>(processors: Processors<J, Ctx>, ctx: Ctx): void
  /** Has a job run about every so many ms, once among all processes that ask for it. For a process that works. */
  repeat<Name extends keyof J & string>(name: Name, everyMs: number, payload: z.input<J[Name]['payload']>): void
  /** Takes no more jobs, waits for those that run here, and lets go of the connections. */
  close: () => Promise<void>
}

// A little less than the interval, so that a tick is not kept out by the tick before it.
const ONCE_IN = 0.9

/**
 * Opens the queue: BullMQ on Redis, or on PostgreSQL where there is no Redis.
 * @throws the driver's error when it is to live on PostgreSQL and that cannot be reached; a Redis that is away is only
 *   logged
 */
export const connectQueue = async <const J extends Jobs>({
  jobs,
  redisUrl,
  databaseUrl,
  logger,
}: QueueOptions<J>): Promise<Queue<J>> => {
  const lost = quietly((error) => logger.warn({ err: error }, 'queue connection lost'))
  const failed = (job: string, error: unknown) => logger.error({ job, err: error }, 'job failed')
  const unknown = (job: string) => logger.warn({ job }, 'unknown job dropped')
  const backend = redisUrl
    ? await openRedisBackend(redisUrl, namespaceOf(databaseUrl), lost)
    : await openPostgresBackend(databaseUrl, lost)
  const active: { end(): Promise<void> }[] = []
  let run: ((job: TakenJob) => Promise<void>) | undefined

  return {
    enqueue: async (name, payload) => {
      if (!backend.isReady()) throw new Error('The queue cannot be reached.')
      await backend.add(name, payload)
    },
    work: (processors, ctx) => {
      run = runJobOf(jobs, processors, ctx, unknown)
      active.push(backend.take(run, failed))
    },
    // Not by BullMQ's schedulers: their next run hangs on the last one, is lost with Redis, and nothing runs without it.
    repeat: (name, everyMs, payload) => {
      const handOver = async () => {
        if (!backend.isReady()) return false
        const added = backend.add(name, payload, Math.floor(everyMs * ONCE_IN))
        return added.then(
          () => true,
          (error: unknown) => (lost(error), false),
        )
      }
      const doHere = async () => run?.({ name, data: payload }).catch((error: unknown) => failed(name, error))
      active.push(repeatedly(everyMs, handOver, doHere))
    },
    close: async () => {
      await Promise.all(active.splice(0).map((one) => one.end()))
      await backend.close()
    },
  }
}

/** The database tells servers that share a Redis apart: they must not take each other's jobs. */
const namespaceOf = (databaseUrl: string): string => `understudy:${new URL(databaseUrl).pathname.slice(1)}`
