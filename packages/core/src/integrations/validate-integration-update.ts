import type { IntegrationChanges } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { checkChange } from './check-change.ts'
import { integrationRepository } from './integration.repository.ts'

/** Whether a version could be changed so now: nothing is. @throws what updateIntegration throws */
export const validateIntegrationUpdate = async (
  ctx: WorkspaceContext,
  id: string,
  changes: IntegrationChanges,
): Promise<void> => {
  const row = await integrationRepository.find(ctx, id)
  if (!row) throw notFound('integration', id)
  await checkChange(ctx, ctx.db.prisma, row, changes)
}
