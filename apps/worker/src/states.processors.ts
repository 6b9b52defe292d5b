import { type PlatformContext, type statesJobs, sweepStates } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const statesProcessors: Processors<typeof statesJobs, PlatformContext> = {
  'states.expire': async (_payload, platform) => void (await sweepStates(platform)),
}
