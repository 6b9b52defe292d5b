import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { newSigningSecret } from '../ids.ts'
import { integrationRepository } from '../integrations/index.ts'

/** Gives a version a new signing secret in place of the old one, which is good for nothing from now on. @throws ResourceNotFound */
export const rotateIntegrationSigningSecrets = async (ctx: WorkspaceContext, id: string): Promise<string> => {
  const secret = newSigningSecret()
  const known = await integrationRepository.setSigningSecret(ctx, id, new Uint8Array(ctx.secrets.seal(secret)))
  if (!known) throw notFound('integration', id)
  return secret
}
