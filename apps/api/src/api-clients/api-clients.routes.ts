import { apiClientsOperations } from '@understudy/contract'
import { createApiClient, deleteApiClient, listApiClients } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const apiClientsRoutes = implement(apiClientsOperations, {
  listApiClients: ({ query }, ctx) => listApiClients(ctx, query),
  createApiClient: ({ body }, ctx) => createApiClient(ctx, body),
  deleteApiClient: async ({ params }, ctx) => {
    await deleteApiClient(ctx, params.id)
    return {}
  },
})
