import { z } from 'zod'
import { defineOperations } from '../operation.ts'
import { Account } from './account.schema.ts'

export const accountOperations = defineOperations({
  getAccount: {
    method: 'GET',
    path: '/v1/admin/account/me',
    summary: 'Read the account of the caller',
    tenant: 'account',
    access: { callers: ['account'] },
    status: 200,
    response: z.object({ account: Account }),
  },
})
