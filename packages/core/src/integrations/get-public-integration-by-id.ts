import type { PublicIntegration } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toPublicIntegration } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'

/** A public or unlisted version of any workspace. @throws ResourceNotFound, also for a private one, whoever asks */
export const getPublicIntegrationById = async (ctx: CallerContext, id: string): Promise<PublicIntegration> => {
  const row = await integrationRepository.findPublished(ctx, id)
  if (!row) throw notFound('integration', id)
  return toPublicIntegration(ctx, row)
}
