import { type actionsJobs, type PlatformContext, sweepActions } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const actionsProcessors: Processors<typeof actionsJobs, PlatformContext> = {
  'actions.sweep': (_payload, platform) => sweepActions(platform),
}
