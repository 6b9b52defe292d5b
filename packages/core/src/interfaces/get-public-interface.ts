import type { Interface } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { chooseVersion } from '../publications/index.ts'
import { getPublicInterfaceById } from './get-public-interface-by-id.ts'
import { interfaceRepository } from './interface.repository.ts'

/** The public version of a name that is meant by `latest`, by a range or exactly. @throws ResourceNotFound */
export const getPublicInterface = async (
  ctx: CallerContext,
  { name, version }: { name: string; version: string },
): Promise<Interface> => {
  const chosen = chooseVersion(await interfaceRepository.publicVersions(ctx, name), version)
  if (!chosen) throw notFound('interface', `${name}@${version}`)
  return getPublicInterfaceById(ctx, chosen.id)
}
