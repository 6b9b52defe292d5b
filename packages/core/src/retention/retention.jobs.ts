import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What is not kept for ever. */
export const retentionJobs = defineJobs({
  /** The sweep over what is old, of all bots. */
  'retention.sweep': { payload: z.object({}) },
})
