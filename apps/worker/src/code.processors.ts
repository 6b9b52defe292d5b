import { type codeJobs, type PlatformContext, sweepCode } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const codeProcessors: Processors<typeof codeJobs, PlatformContext> = {
  'code.sweep': async (_payload, platform) => void (await sweepCode(platform)),
}
