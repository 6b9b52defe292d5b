import { publicIntegrationsOperations } from '@understudy/contract'
import { getPublicIntegration, getPublicIntegrationById, listPublicIntegrations } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const publicIntegrationsRoutes = implement(publicIntegrationsOperations, {
  listPublicIntegrations: ({ query }, ctx) => listPublicIntegrations(ctx, query),
  getPublicIntegrationById: async ({ params }, ctx) => ({
    integration: await getPublicIntegrationById(ctx, params.id),
  }),
  getPublicIntegration: async ({ params }, ctx) => ({ integration: await getPublicIntegration(ctx, params) }),
})
