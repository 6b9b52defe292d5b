import { analyticsOperations } from '@understudy/contract'
import { getBotAnalytics, trackAnalytics } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const analyticsRoutes = implement(analyticsOperations, {
  trackAnalytics: async ({ body }, ctx) => {
    await trackAnalytics(ctx, body)
    return {}
  },
  getBotAnalytics: async ({ params, query }, ctx) => ({ records: [await getBotAnalytics(ctx, params.id, query)] }),
})
