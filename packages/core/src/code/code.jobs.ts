import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to code without anybody asking. */
export const codeJobs = defineJobs({
  /** The sweep over code that no bot and no integration has. */
  'code.sweep': { payload: z.object({}) },
})
