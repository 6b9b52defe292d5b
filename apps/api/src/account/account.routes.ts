import { accountOperations } from '@understudy/contract'
import { getAccount } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const accountRoutes = implement(accountOperations, {
  getAccount: async (_input, ctx) => ({ account: await getAccount(ctx) }),
})
