import type { WorkspaceContext } from '../context.ts'
import { integrationRepository } from '../integrations/index.ts'

/** Whose keys are meant: a key opens all versions of an integration. @throws what `missing` makes for one that is not the workspace's */
export const familyOfKey = async (
  ctx: WorkspaceContext,
  integrationId: string,
  missing: (integrationId: string) => Error,
): Promise<{ integrationFamilyId: string }> => {
  const row = await integrationRepository.find(ctx, integrationId)
  if (!row) throw missing(integrationId)
  return { integrationFamilyId: row.familyId }
}
