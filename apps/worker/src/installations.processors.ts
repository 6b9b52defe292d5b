import { type installationsJobs, type PlatformContext, sweepInstallations } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const installationsProcessors: Processors<typeof installationsJobs, PlatformContext> = {
  'installations.sweep': (_payload, platform) => sweepInstallations(platform),
}
