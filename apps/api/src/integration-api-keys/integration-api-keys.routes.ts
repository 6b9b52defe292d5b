import { integrationApiKeysOperations } from '@understudy/contract'
import { createIntegrationApiKey, deleteIntegrationApiKey, listIntegrationApiKeys } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const integrationApiKeysRoutes = implement(integrationApiKeysOperations, {
  listIntegrationApiKeys: async ({ query }, ctx) => ({ iaks: await listIntegrationApiKeys(ctx, query.integrationId) }),
  createIntegrationApiKey: ({ body }, ctx) => createIntegrationApiKey(ctx, body),
  deleteIntegrationApiKey: async ({ params }, ctx) => {
    await deleteIntegrationApiKey(ctx, params.id)
    return {}
  },
})
