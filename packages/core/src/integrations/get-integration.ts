import type { Integration } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toIntegration } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'

/** @throws ResourceNotFound, also for a public one of another workspace: that is in the hub */
export const getIntegration = async (ctx: WorkspaceContext, id: string): Promise<Integration> => {
  const row = await integrationRepository.find(ctx, id)
  if (!row) throw notFound('integration', id)
  return toIntegration(ctx, row)
}
