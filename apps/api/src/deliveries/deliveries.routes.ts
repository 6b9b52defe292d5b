import { deliveriesOperations } from '@understudy/contract'
import { getDelivery, listDeliveries, redeliver, watchDeliveries } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const deliveriesRoutes = implement(deliveriesOperations, {
  listDeliveries: ({ query }, ctx) => listDeliveries(ctx, query),
  getDelivery: ({ params }, ctx) => getDelivery(ctx, params.id),
  redeliver: async ({ params }, ctx) => ({ delivery: await redeliver(ctx, params.id) }),
  streamDeliveries: async ({ query }, ctx) => watchDeliveries(ctx, query),
})
