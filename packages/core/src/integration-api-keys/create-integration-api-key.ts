import type { IssuedCredential } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { referenceNotFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'
import { familyOfKey } from './family-of-key.ts'

/** A key that stands for an integration, in every bot that has it; its value is shown this once. @throws ReferenceNotFound */
export const createIntegrationApiKey = async (
  ctx: WorkspaceContext,
  { integrationId, note = '' }: { integrationId: string; note?: string | undefined },
): Promise<IssuedCredential> => {
  const missing = (id: string) => referenceNotFound('integrationId', id)
  const key = await tokenRepository.issue(ctx, 'iak', await familyOfKey(ctx, integrationId, missing), note)
  if (!key) throw missing(integrationId)
  return key
}
