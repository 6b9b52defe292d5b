import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to idempotency keys without anybody asking. */
export const idempotencyKeysJobs = defineJobs({
  /** The sweep over the keys of everybody. */
  'idempotency-keys.sweep': { payload: z.object({}) },
})
