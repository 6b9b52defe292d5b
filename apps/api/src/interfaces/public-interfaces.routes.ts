import { publicInterfacesOperations } from '@understudy/contract'
import { getPublicInterface, getPublicInterfaceById, listPublicInterfaces } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const publicInterfacesRoutes = implement(publicInterfacesOperations, {
  listPublicInterfaces: ({ query }, ctx) => listPublicInterfaces(ctx, query),
  getPublicInterfaceById: async ({ params }, ctx) => ({ interface: await getPublicInterfaceById(ctx, params.id) }),
  getPublicInterface: async ({ params }, ctx) => ({ interface: await getPublicInterface(ctx, params) }),
})
