import { integrationsOperations } from '@understudy/contract'
import {
  createIntegration,
  deleteIntegration,
  getIntegration,
  getIntegrationByName,
  listIntegrations,
  requestIntegrationVerification,
  updateIntegration,
  validateIntegrationCreation,
  validateIntegrationUpdate,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const integrationsRoutes = implement(integrationsOperations, {
  createIntegration: async ({ body }, ctx) => ({ integration: await createIntegration(ctx, body) }),
  validateIntegrationCreation: async ({ body }, ctx) => {
    await validateIntegrationCreation(ctx, body)
    return {}
  },
  getIntegration: async ({ params }, ctx) => ({ integration: await getIntegration(ctx, params.id) }),
  getIntegrationByName: async ({ params }, ctx) => ({ integration: await getIntegrationByName(ctx, params) }),
  listIntegrations: ({ query }, ctx) => listIntegrations(ctx, query),
  updateIntegration: async ({ params, body }, ctx) => ({ integration: await updateIntegration(ctx, params.id, body) }),
  validateIntegrationUpdate: async ({ params, body }, ctx) => {
    await validateIntegrationUpdate(ctx, params.id, body)
    return {}
  },
  requestIntegrationVerification: async ({ body }, ctx) => {
    await requestIntegrationVerification(ctx, body)
    return {}
  },
  deleteIntegration: async ({ params }, ctx) => {
    await deleteIntegration(ctx, params.id)
    return {}
  },
})
