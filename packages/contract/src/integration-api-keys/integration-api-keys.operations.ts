import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { Credential, IssuedCredential } from '../credentials/index.ts'
import { defineOperations } from '../operation.ts'

const Owner = z.object({ integrationId: z.string() })

export const integrationApiKeysOperations = defineOperations({
  listIntegrationApiKeys: {
    method: 'GET',
    path: '/v1/admin/integrations/iaks',
    summary: 'List the API keys of an integration',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    query: Owner,
    status: 200,
    response: z.object({ iaks: z.array(Credential) }),
  },
  createIntegrationApiKey: {
    method: 'POST',
    path: '/v1/admin/integrations/iaks',
    summary: 'Issue an API key for an integration',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: Owner.extend({ note: z.string().optional() }),
    status: 200,
    response: IssuedCredential,
  },
  deleteIntegrationApiKey: {
    method: 'DELETE',
    path: '/v1/admin/integrations/iaks/:id',
    summary: 'Revoke an API key of an integration',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
