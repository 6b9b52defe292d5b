import type { PlatformContext } from '@understudy/core'
import type { QueueLogger } from '@understudy/queue'

/** What the background work of a process stands on. */
export type WorkOptions = {
  platform: PlatformContext
  databaseUrl: string
  /** undefined: the queue lives in the database */
  redisUrl?: string | undefined
  /** whether bots and integrations may live on this machine and on private networks */
  allowPrivateHosts: boolean
  logger: QueueLogger
}
