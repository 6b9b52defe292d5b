import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to states without anybody asking. */
export const statesJobs = defineJobs({
  /** The sweep over idle states of all bots. */
  'states.expire': { payload: z.object({}) },
})
