import { fireRecurringEvents, type PlatformContext, type recurringEventsJobs } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const recurringEventsProcessors: Processors<typeof recurringEventsJobs, PlatformContext> = {
  'recurring-events.fire': async (_payload, platform) => void (await fireRecurringEvents(platform)),
}
