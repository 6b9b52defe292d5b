import type { WorkspaceContext } from '../context.ts'
import { notFound, referenceConstraint } from '../errors.ts'
import { interfaceRepository } from './interface.repository.ts'

/** Deletes a version, and with the last one the name's icon. @throws ResourceNotFound; ReferenceConstraint while an integration implements it */
export const deleteInterface = async (ctx: WorkspaceContext, id: string): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    // Whoever is about to implement it waits, or is seen.
    const row = await interfaceRepository.hold(ctx, tx, id)
    if (!row) throw notFound('interface', id)
    if ((await interfaceRepository.countImplementations(tx, id)) > 0)
      throw referenceConstraint(`Version ${row.version} of "${row.family.name}" is implemented by an integration`)
    await interfaceRepository.delete(tx, row)
  })
