import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { Credential, IssuedCredential } from '../credentials/index.ts'
import { defineOperations } from '../operation.ts'

export const personalAccessTokensOperations = defineOperations({
  listPersonalAccessTokens: {
    method: 'GET',
    path: '/v1/admin/account/pats',
    summary: 'List the personal access tokens of the caller',
    tenant: 'account',
    access: { callers: ['account'] },
    status: 200,
    response: z.object({ pats: z.array(Credential) }),
  },
  createPersonalAccessToken: {
    method: 'POST',
    path: '/v1/admin/account/pats',
    summary: 'Issue a personal access token',
    tenant: 'account',
    access: { callers: ['account'] },
    body: z.object({ note: z.string() }),
    status: 200,
    response: z.object({ pat: IssuedCredential }),
  },
  deletePersonalAccessToken: {
    method: 'DELETE',
    path: '/v1/admin/account/pats/:id',
    summary: 'Revoke a personal access token',
    tenant: 'account',
    access: { callers: ['account'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
