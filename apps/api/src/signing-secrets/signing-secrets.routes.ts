import { signingSecretsOperations } from '@understudy/contract'
import { rotateBotSigningSecrets, rotateIntegrationSigningSecrets } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const signingSecretsRoutes = implement(signingSecretsOperations, {
  rotateBotSigningSecrets: async ({ params }, ctx) => ({
    newSigningSecret: await rotateBotSigningSecrets(ctx, params.id),
  }),
  rotateIntegrationSigningSecrets: async ({ params }, ctx) => ({
    newSigningSecret: await rotateIntegrationSigningSecrets(ctx, params.id),
  }),
})
