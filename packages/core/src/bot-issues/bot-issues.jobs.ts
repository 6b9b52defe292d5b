import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to issues without anybody asking. */
export const botIssuesJobs = defineJobs({
  /** The sweep over what did not come up any more, of all bots. */
  'bot-issues.sweep': { payload: z.object({}) },
})
