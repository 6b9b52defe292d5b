import { usersOperations } from '@understudy/contract'
import { createUser, deleteUser, getOrCreateUser, getUser, listUsers, updateUser } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const usersRoutes = implement(usersOperations, {
  createUser: async ({ body }, ctx) => ({ user: await createUser(ctx, body) }),
  getUser: async ({ params }, ctx) => ({ user: await getUser(ctx, params.id) }),
  listUsers: ({ query }, ctx) => listUsers(ctx, query),
  getOrCreateUser: async ({ body }, ctx) => {
    const { user, created } = await getOrCreateUser(ctx, body)
    return { user, meta: { created } }
  },
  updateUser: async ({ params, body }, ctx) => ({ user: await updateUser(ctx, params.id, body) }),
  deleteUser: async ({ params }, ctx) => ({ user: await deleteUser(ctx, params.id) }),
})
