import type { Interface } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { chooseVersion } from '../publications/index.ts'
import { getInterface } from './get-interface.ts'
import { interfaceRepository } from './interface.repository.ts'

/** The best version of a name: `latest`, an exact one, or the highest in a range. @throws ResourceNotFound */
export const getInterfaceByName = async (
  ctx: WorkspaceContext,
  { name, version }: { name: string; version: string },
): Promise<Interface> => {
  const chosen = chooseVersion(await interfaceRepository.versions(ctx, name), version)
  if (!chosen) throw notFound('interface', `${name}@${version}`)
  return getInterface(ctx, chosen.id)
}
