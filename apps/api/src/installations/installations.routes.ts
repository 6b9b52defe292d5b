import { installationsOperations } from '@understudy/contract'
import { configureIntegration } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const installationsRoutes = implement(installationsOperations, {
  configureIntegration: async ({ body }, ctx) => {
    await configureIntegration(ctx, body)
    return {}
  },
})
