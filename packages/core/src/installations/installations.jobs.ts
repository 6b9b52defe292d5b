import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to installations without anybody asking. */
export const installationsJobs = defineJobs({
  /** The sweep over the calls that are owed to installations of all bots. */
  'installations.sweep': { payload: z.object({}) },
})
