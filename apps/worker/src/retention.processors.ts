import { type PlatformContext, type retentionJobs, sweepRetention } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const retentionProcessors: Processors<typeof retentionJobs, PlatformContext> = {
  'retention.sweep': async (_payload, platform) => void (await sweepRetention(platform)),
}
