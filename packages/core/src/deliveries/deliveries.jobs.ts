import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

export const deliveriesJobs = defineJobs({
  /** Deliveries to one receiver of one conversation, in their order. */
  'deliveries.deliver': { payload: z.object({ botId: z.string(), ids: z.array(z.string()) }) },
})
