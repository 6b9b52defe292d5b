import { integrationsOperations } from '@understudy/contract'
import {
  createIntegration,
  deleteIntegration,
  getIntegration,
  getIntegrationByName,
  listIntegrations,
  updateIntegration,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const integrationsRoutes = implement(integrationsOperations, {
  createIntegration: async ({ body }, ctx) => ({ integration: await createIntegration(ctx, body) }),
  getIntegration: async ({ params }, ctx) => ({ integration: await getIntegration(ctx, params.id) }),
  getIntegrationByName: async ({ params }, ctx) => ({ integration: await getIntegrationByName(ctx, params) }),
  listIntegrations: ({ query }, ctx) => listIntegrations(ctx, query),
  updateIntegration: async ({ params, body }, ctx) => ({ integration: await updateIntegration(ctx, params.id, body) }),
  deleteIntegration: async ({ params }, ctx) => {
    await deleteIntegration(ctx, params.id)
    return {}
  },
})
