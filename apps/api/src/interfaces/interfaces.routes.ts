import { interfacesOperations } from '@understudy/contract'
import {
  createInterface,
  deleteInterface,
  getInterface,
  getInterfaceByName,
  listInterfaces,
  updateInterface,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const interfacesRoutes = implement(interfacesOperations, {
  createInterface: async ({ body }, ctx) => ({ interface: await createInterface(ctx, body) }),
  getInterface: async ({ params }, ctx) => ({ interface: await getInterface(ctx, params.id) }),
  getInterfaceByName: async ({ params }, ctx) => ({ interface: await getInterfaceByName(ctx, params) }),
  listInterfaces: ({ query }, ctx) => listInterfaces(ctx, query),
  updateInterface: async ({ params, body }, ctx) => ({ interface: await updateInterface(ctx, params.id, body) }),
  deleteInterface: async ({ params }, ctx) => {
    await deleteInterface(ctx, params.id)
    return {}
  },
})
