import type { WorkspaceContext } from '../context.ts'
import { notFound, referenceConstraint } from '../errors.ts'
import { integrationRepository } from './integration.repository.ts'

/** Deletes a version, and with the last one the name's icon and keys. @throws ResourceNotFound; ReferenceConstraint while a bot has it */
export const deleteIntegration = async (ctx: WorkspaceContext, id: string): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    // Whoever installs it at this moment waits, or is seen.
    const row = await integrationRepository.hold(ctx, tx, id)
    if (!row) throw notFound('integration', id)
    if ((await integrationRepository.countInstallations(tx, id)) > 0)
      throw referenceConstraint(`Version ${row.version} of "${row.family.name}" is installed in a bot`)
    await integrationRepository.delete(tx, row)
  })
