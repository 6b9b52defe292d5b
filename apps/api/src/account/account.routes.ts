import { accountOperations } from '@understudy/contract'
import { deleteAccount, getAccount, updateAccount } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const accountRoutes = implement(accountOperations, {
  getAccount: async (_input, ctx) => ({ account: await getAccount(ctx) }),
  updateAccount: async ({ body }, ctx) => ({ account: await updateAccount(ctx, body) }),
  deleteAccount: async (_input, ctx) => {
    await deleteAccount(ctx)
    return {}
  },
})
