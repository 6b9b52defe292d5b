import type { Contents } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { contentsIn, extensionOf } from '../publications/index.ts'
import { integrationRepository } from './integration.repository.ts'

/** The icon of an integration, for whoever was shown its address. @throws ResourceNotFound, also once it has another */
export const downloadIntegrationIcon = async (
  platform: PlatformContext,
  { id, tag }: { id: string; tag: string },
): Promise<Contents> => {
  const row = await integrationRepository.icon(platform, id, tag)
  if (!row) throw notFound('icon', tag)
  return contentsIn(row.icon, { tag, name: `icon.${extensionOf(row.icon_type)}`, contentType: row.icon_type })
}
