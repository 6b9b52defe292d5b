import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to the records of actions without anybody asking. */
export const actionsJobs = defineJobs({
  /** The sweep over answers and calls of all bots. */
  'actions.sweep': { payload: z.object({}) },
})
