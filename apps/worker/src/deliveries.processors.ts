import { type DeliveryContext, deliver, type deliveriesJobs } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const deliveriesProcessors: Processors<typeof deliveriesJobs, DeliveryContext> = {
  'deliveries.deliver': (run, ctx) => deliver(ctx, run),
}
