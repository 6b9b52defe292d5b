import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { Credential, IssuedCredential } from '../credentials/index.ts'
import { defineOperations } from '../operation.ts'

const Owner = z.object({ botId: z.string() })

export const botApiKeysOperations = defineOperations({
  listBotApiKeys: {
    method: 'GET',
    path: '/v1/admin/bots/baks',
    summary: 'List the API keys of a bot',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    query: Owner,
    status: 200,
    response: z.object({ baks: z.array(Credential) }),
  },
  createBotApiKey: {
    method: 'POST',
    path: '/v1/admin/bots/baks',
    summary: 'Issue an API key for a bot',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: Owner.extend({ note: z.string().optional() }),
    status: 200,
    response: IssuedCredential,
  },
  deleteBotApiKey: {
    method: 'DELETE',
    path: '/v1/admin/bots/baks/:id',
    summary: 'Revoke an API key of a bot',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
