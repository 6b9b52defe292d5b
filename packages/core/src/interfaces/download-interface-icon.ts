import type { Contents } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { contentsIn, extensionOf } from '../publications/index.ts'
import { interfaceRepository } from './interface.repository.ts'

/** The icon of an interface, for whoever was shown its address. @throws ResourceNotFound, also once it has another */
export const downloadInterfaceIcon = async (
  platform: PlatformContext,
  { id, tag }: { id: string; tag: string },
): Promise<Contents> => {
  const row = await interfaceRepository.icon(platform, id, tag)
  if (!row) throw notFound('icon', tag)
  return contentsIn(row.icon, { tag, name: `icon.${extensionOf(row.icon_type)}`, contentType: row.icon_type })
}
