import type { Contents } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { contentsIn } from '../publications/index.ts'
import { integrationRepository } from './integration.repository.ts'

/** The readme of a version, for whoever was shown its address. @throws ResourceNotFound, also once it has another */
export const downloadIntegrationReadme = async (
  platform: PlatformContext,
  { id, tag }: { id: string; tag: string },
): Promise<Contents> => {
  const row = await integrationRepository.readme(platform, id, tag)
  if (!row) throw notFound('readme', tag)
  return contentsIn(row.readme, { tag, name: 'readme.md', contentType: 'text/markdown; charset=utf-8' })
}
