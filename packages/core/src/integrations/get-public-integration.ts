import type { PublicIntegration } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { chooseVersion } from '../publications/index.ts'
import { toPublicIntegration } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'

/**
 * The version of a name that is meant by `latest`, by a range or exactly. What is unlisted is found only by those who know its
 * exact version. @throws ResourceNotFound
 */
export const getPublicIntegration = async (
  ctx: CallerContext,
  { name, version }: { name: string; version: string },
): Promise<PublicIntegration> => {
  const exact = await integrationRepository.findPublishedVersion(ctx, name, version)
  const chosen = exact ?? chooseVersion(await integrationRepository.publicVersions(ctx, name), version)
  const row = exact ?? (chosen && (await integrationRepository.findPublished(ctx, chosen.id)))
  if (!row) throw notFound('integration', `${name}@${version}`)
  return toPublicIntegration(ctx, row)
}
