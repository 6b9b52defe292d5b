import type { Db } from '@understudy/db'
import type { FileStore } from '@understudy/files'
import { createRuntime, type Deployments } from '@understudy/runtime'
import { type Clock, wallClock } from './clock.ts'
import type { PlatformContext } from './context.ts'
import { createDoorbell } from './doorbell/index.ts'
import { LIMITS } from './limits/index.ts'
import { createMetrics } from './metrics/index.ts'
import { noFiles } from './no-files.ts'
import { createSecrets } from './secrets/index.ts'
import type { TestClock } from './test-clock/index.ts'

export type PlatformOptions = {
  db: Db
  /** SECRET_KEY: one key, or several separated by commas */
  secretKey: string
  limits: keyof typeof LIMITS
  /** UNDERSTUDY_RETENTION_DAYS; 0, or nothing: all is kept for ever */
  retentionDays?: number | undefined
  /** where clients reach this server, without a trailing slash */
  publicUrl: string
  /** where contents lie; a process that never touches any needs none */
  files?: FileStore | undefined
  /** whether bots and integrations may live on this machine and on private networks */
  allowPrivateHosts?: boolean | undefined
  deployments?: Deployments | undefined
  clock?: Clock
  testClock?: TestClock | undefined
}

/** What every verb stands on, from a process's settings and its database. */
export const createPlatform = ({
  db,
  secretKey,
  limits,
  retentionDays = 0,
  publicUrl,
  files = noFiles,
  allowPrivateHosts = false,
  deployments,
  testClock,
  clock = testClock ?? wallClock,
}: PlatformOptions): PlatformContext => ({
  db,
  clock,
  testClock,
  secrets: createSecrets(secretKey),
  doorbell: createDoorbell(db),
  files,
  deployments,
  runtime: createRuntime({ allowPrivateHosts, deployments }),
  metrics: createMetrics({ db, clock, deployments }),
  limits: LIMITS[limits],
  retentionDays,
  publicUrl,
})
