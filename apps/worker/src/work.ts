import { connectQueue } from '@understudy/queue'
import { jobs, processors } from './processors.ts'
import { workOnDeliveries } from './work-on-deliveries.ts'
import type { WorkOptions } from './work-options.ts'

const EXPIRE_STATES_EVERY_MS = 2_000
const FIRE_RECURRING_EVENTS_EVERY_MS = 1_000
const SWEEP_RETENTION_EVERY_MS = 5 * 60_000
/** Where tests set the time of bots, and wait for what comes of it. */
const SWEEP_RETENTION_IN_TESTS_EVERY_MS = 2_000
const SWEEP_IDEMPOTENCY_KEYS_EVERY_MS = 60_000
const SWEEP_INSTALLATIONS_EVERY_MS = 2_000
const SWEEP_ACTIONS_EVERY_MS = 10 * 60_000
const SWEEP_STORAGE_FILES_EVERY_MS = 15 * 60_000
const SWEEP_CODE_EVERY_MS = 15 * 60_000
const SWEEP_LOGS_EVERY_MS = 15 * 60_000

/** What is looked at as soon as the time of bots is set. */
const MOVED_BY_TIME = [
  'states.expire',
  'installations.sweep',
  'recurring-events.fire',
  'retention.sweep',
  'logs.sweep',
  'bot-issues.sweep',
] as const

export type Working = {
  /** Whether the queue can be reached at this moment. */
  isConnected: () => boolean
  close: () => Promise<void>
}

/**
 * Does the server's work in the background until it is closed: takes jobs and keeps the sweeps going. Any number of
 * processes may do so at the same time.
 * @returns `close` waits for the jobs that run
 * @throws the driver's error when there is no Redis and the database cannot be reached
 */
export const work = async (options: WorkOptions): Promise<Working> => {
  const { platform, databaseUrl, redisUrl, logger } = options
  const queue = await connectQueue({ jobs, databaseUrl, redisUrl, logger })
  queue.work(processors, platform)
  queue.repeat('states.expire', EXPIRE_STATES_EVERY_MS, {})
  queue.repeat('recurring-events.fire', FIRE_RECURRING_EVENTS_EVERY_MS, {})
  queue.repeat('retention.sweep', platform.testClock ? SWEEP_RETENTION_IN_TESTS_EVERY_MS : SWEEP_RETENTION_EVERY_MS, {})
  queue.repeat('idempotency-keys.sweep', SWEEP_IDEMPOTENCY_KEYS_EVERY_MS, {})
  queue.repeat('installations.sweep', SWEEP_INSTALLATIONS_EVERY_MS, {})
  queue.repeat('actions.sweep', SWEEP_ACTIONS_EVERY_MS, {})
  queue.repeat('storage-files.sweep', SWEEP_STORAGE_FILES_EVERY_MS, {})
  queue.repeat('code.sweep', SWEEP_CODE_EVERY_MS, {})
  queue.repeat('logs.sweep', SWEEP_LOGS_EVERY_MS, {})
  queue.repeat('bot-issues.sweep', SWEEP_LOGS_EVERY_MS, {})
  const deliveries = await workOnDeliveries(options)
  platform.testClock?.onMove(() => {
    for (const job of MOVED_BY_TIME) void queue.enqueue(job, {}).catch(() => {})
  })
  return {
    isConnected: () => queue.isConnected(),
    close: async () => void (await Promise.all([queue.close(), deliveries.close()])),
  }
}
