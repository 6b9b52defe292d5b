import { z } from 'zod'
import { defineOperations } from '../operation.ts'
import { Account, AccountChanges } from './account.schema.ts'

const AccountAnswer = z.object({ account: Account })

export const accountOperations = defineOperations({
  getAccount: {
    method: 'GET',
    path: '/v1/admin/account/me',
    summary: 'Read the account of the caller',
    tenant: 'account',
    access: { callers: ['account'] },
    status: 200,
    response: AccountAnswer,
  },
  updateAccount: {
    method: 'PUT',
    path: '/v1/admin/account/me',
    summary: 'Change how the caller is shown to others',
    tenant: 'account',
    access: { callers: ['account'] },
    body: AccountChanges,
    status: 200,
    response: AccountAnswer,
  },
  deleteAccount: {
    method: 'POST',
    path: '/v1/admin/account/me',
    summary: 'Delete the account of the caller, with its tokens and memberships',
    tenant: 'account',
    access: { callers: ['account'] },
    body: z.object({}),
    status: 200,
    response: z.object({}),
  },
})
