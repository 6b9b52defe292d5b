import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { defineOperations } from '../operation.ts'

const NewSigningSecret = z.object({
  newSigningSecret: z.string().describe('The old one is good for nothing any more.'),
})

export const signingSecretsOperations = defineOperations({
  rotateBotSigningSecrets: {
    method: 'POST',
    path: '/v1/admin/bots/:id/signing-secrets/rotate',
    summary: 'Give a bot a new signing secret',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: NewSigningSecret,
  },
  rotateIntegrationSigningSecrets: {
    method: 'POST',
    path: '/v1/admin/integrations/:id/signing-secrets/rotate',
    summary: 'Give a version of an integration a new signing secret',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: NewSigningSecret,
  },
})
