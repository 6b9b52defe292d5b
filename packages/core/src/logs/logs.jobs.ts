import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to logs without anybody asking. */
export const logsJobs = defineJobs({
  /** The sweep over old lines, of all bots. */
  'logs.sweep': { payload: z.object({}) },
})
