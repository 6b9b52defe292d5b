import type { PlatformContext } from '@understudy/core'
import { connectQueue, type QueueLogger } from '@understudy/queue'
import { jobs, processors } from './processors.ts'

export type WorkOptions = {
  platform: PlatformContext
  databaseUrl: string
  /** undefined: the queue lives in the database */
  redisUrl?: string | undefined
  logger: QueueLogger
}

const EXPIRE_STATES_EVERY_MS = 2_000

/**
 * Does the server's work in the background until it is closed: takes jobs and keeps the sweeps going. Any number of
 * processes may do so at the same time.
 * @returns `close` waits for the jobs that run
 * @throws the driver's error when there is no Redis and the database cannot be reached
 */
export const work = async ({
  platform,
  databaseUrl,
  redisUrl,
  logger,
}: WorkOptions): Promise<{ close: () => Promise<void> }> => {
  const queue = await connectQueue({ jobs, databaseUrl, redisUrl, logger })
  queue.work(processors, platform)
  queue.repeat('states.expire', EXPIRE_STATES_EVERY_MS, {})
  return { close: queue.close }
}
