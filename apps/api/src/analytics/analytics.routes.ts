import { analyticsOperations } from '@understudy/contract'
import { trackAnalytics } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const analyticsRoutes = implement(analyticsOperations, {
  trackAnalytics: async ({ body }, ctx) => {
    await trackAnalytics(ctx, body)
    return {}
  },
})
