import type { WorkspaceContext } from '../context.ts'
import { referenceNotFound } from '../errors.ts'
import { integrationRepository } from './integration.repository.ts'

/**
 * Asks for a version to be verified. Nobody here decides by themselves: it is shown and found as `pending` from now on; what is
 * decided already stays so. @throws ReferenceNotFound
 */
export const requestIntegrationVerification = async (
  ctx: WorkspaceContext,
  { integrationId: id }: { integrationId: string },
): Promise<void> => {
  const row = await integrationRepository.find(ctx, id)
  if (!row) throw referenceNotFound('integrationId', id)
  await integrationRepository.awaitVerification(ctx, id)
}
