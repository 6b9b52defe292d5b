import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What recurs without anybody asking. */
export const recurringEventsJobs = defineJobs({
  /** The look at what has come due, of all bots. */
  'recurring-events.fire': { payload: z.object({}) },
})
