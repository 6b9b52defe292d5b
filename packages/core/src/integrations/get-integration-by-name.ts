import type { Integration } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { chooseVersion } from '../publications/index.ts'
import { getIntegration } from './get-integration.ts'
import { integrationRepository } from './integration.repository.ts'

/** The best version of a name: `latest`, an exact one, or the highest in a range. @throws ResourceNotFound */
export const getIntegrationByName = async (
  ctx: WorkspaceContext,
  { name, version }: { name: string; version: string },
): Promise<Integration> => {
  const chosen = chooseVersion(await integrationRepository.versions(ctx, name, false), version)
  if (!chosen) throw notFound('integration', `${name}@${version}`)
  return getIntegration(ctx, chosen.id)
}
