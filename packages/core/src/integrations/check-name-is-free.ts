import type { WorkspaceContext } from '../context.ts'
import { alreadyExists } from '../errors.ts'
import { integrationRepository, type ReadingIntegrations } from './integration.repository.ts'

/** In the hub a name means one integration: that of the workspace that published under it first. @throws AlreadyExists */
export const checkNameIsFree = async (ctx: WorkspaceContext, tx: ReadingIntegrations, name: string): Promise<void> => {
  if (await integrationRepository.isPublishedElsewhere(ctx, tx, name))
    throw alreadyExists(`Another workspace has published an integration by the name of "${name}"`)
}
