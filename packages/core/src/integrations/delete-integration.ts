import type { WorkspaceContext } from '../context.ts'
import { notFound, referenceConstraint } from '../errors.ts'
import { integrationRepository } from './integration.repository.ts'

/** Deletes a version, and with the last one the name's icon and keys. @throws ResourceNotFound; ReferenceConstraint while a bot has it */
export const deleteIntegration = async (ctx: WorkspaceContext, id: string): Promise<void> => {
  const row = await integrationRepository.find(ctx, id)
  if (!row) throw notFound('integration', id)
  await ctx.db.transaction(async (tx) => {
    // Whoever installs it at this moment waits, or is seen.
    await tx.$queryRaw`select from integrations where id = ${id}::uuid for update`
    if ((await tx.installation.count({ where: { integrationId: id, removedAt: null } })) > 0)
      throw referenceConstraint(`Version ${row.version} of "${row.family.name}" is installed in a bot`)
    await tx.integration.delete({ where: { id } })
    const left = await tx.integration.count({ where: { familyId: row.familyId } })
    // Bots that had it keep what was written through it, and for that its name.
    const had = await tx.installation.count({ where: { familyId: row.familyId } })
    if (left === 0 && had === 0) await tx.integrationFamily.delete({ where: { id: row.familyId } })
  })
}
