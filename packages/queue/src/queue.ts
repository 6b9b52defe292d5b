import type { z } from 'zod'
import type { Share, TakenJob } from './backend.ts'
import type { Enqueue, Jobs, Processors } from './job.ts'
import { openPostgresBackend } from './postgres-backend.ts'
import { quietly } from './quietly.ts'
import { openRedisBackend } from './redis-backend.ts'
import { repeatedly } from './repeatedly.ts'
import { runJobOf } from './run-job.ts'

/** Where the queue says what went wrong; pino is one. */
export type QueueLogger = Record<'warn' | 'error', (details: Record<string, unknown>, message: string) => void>

export type QueueOptions<J extends Jobs> = Partial<Share> & {
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
  /**
   * Hands jobs to the workers, each by an id under which it waits at most once. Where the queue cannot be reached, this
   * process does them itself, if it works.
   */
  handOver<Name extends keyof J & string>(
    name: Name,
    jobs: readonly { id: string; payload: z.input<J[Name]['payload']> }[],
  ): Promise<void>
  /** How many jobs nobody has taken yet, and how many are done here because the queue cannot be reached. */
  backlog(): Promise<number>
  /** Whether the queue can be reached at this moment. */
  isConnected(): boolean
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
  queueName = 'understudy',
  concurrency = 10,
}: QueueOptions<J>): Promise<Queue<J>> => {
  const lost = quietly((error) => logger.warn({ err: error }, 'queue connection lost'))
  const failed = (job: string, error: unknown) => logger.error({ job, err: error }, 'job failed')
  const unknown = (job: string) => logger.warn({ job }, 'unknown job dropped')
  const backend = redisUrl
    ? await openRedisBackend(redisUrl, { namespace: namespaceOf(databaseUrl), queueName, concurrency }, lost)
    : await openPostgresBackend(databaseUrl, { queueName, concurrency }, lost)
  const active: { end(): Promise<void> }[] = []
  const runningHere = new Set<Promise<unknown>>()
  let run: ((job: TakenJob) => Promise<void>) | undefined
  const doHere = async (name: string, data: unknown): Promise<void> => {
    const job = run?.({ name, data }).catch((error: unknown) => failed(name, error))
    if (!job) return
    runningHere.add(job)
    await job.finally(() => runningHere.delete(job))
  }

  return {
    enqueue: async (name, payload) => {
      if (!backend.isReady()) throw new Error('The queue cannot be reached.')
      await backend.add(name, payload)
    },
    handOver: async (name, todo) => {
      const handed = backend.isReady() ? backend.addMany(name, todo) : Promise.reject(new Error('not connected'))
      await handed.catch((error: unknown) => {
        lost(error)
        for (const { payload } of todo) void doHere(name, payload)
      })
    },
    backlog: async () => runningHere.size + (backend.isReady() ? await backend.waiting().catch(() => 0) : 0),
    isConnected: () => backend.isReady(),
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
      active.push(repeatedly(everyMs, handOver, () => doHere(name, payload)))
    },
    close: async () => {
      await Promise.all(active.splice(0).map((one) => one.end()))
      await Promise.all(runningHere)
      await backend.close()
    },
  }
}

/** The database tells servers that share a Redis apart: they must not take each other's jobs. */
const namespaceOf = (databaseUrl: string): string => `understudy:${new URL(databaseUrl).pathname.slice(1)}`
