import type { Credential } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'
import { familyOfKey } from './family-of-key.ts'

/** The keys of an integration, newest first, without their values. @throws ResourceNotFound */
export const listIntegrationApiKeys = async (ctx: WorkspaceContext, integrationId: string): Promise<Credential[]> =>
  tokenRepository.list(ctx, await familyOfKey(ctx, integrationId, (id) => notFound('integration', id)))
