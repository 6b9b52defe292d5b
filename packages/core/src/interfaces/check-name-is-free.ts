import type { Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { alreadyExists } from '../errors.ts'
import { interfaceRepository } from './interface.repository.ts'

/** In the hub a name means one interface: that of the workspace that published under it first. @throws AlreadyExists */
export const checkNameIsFree = async (ctx: WorkspaceContext, tx: Transaction, name: string): Promise<void> => {
  if (await interfaceRepository.isPublishedElsewhere(ctx, tx, name))
    throw alreadyExists(`Another workspace has published an interface by the name of "${name}"`)
}
