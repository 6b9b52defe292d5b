import { type logsJobs, type PlatformContext, sweepLogs } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const logsProcessors: Processors<typeof logsJobs, PlatformContext> = {
  'logs.sweep': async (_payload, platform) => void (await sweepLogs(platform)),
}
