import { workspacesOperations } from '@understudy/contract'
import { enterWorkspace } from '../accounts/index.ts'
import { auditRecordRepository, recordAction } from '../audit-records/index.ts'
import { botRepository } from '../bots/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound, referenceConstraint } from '../errors.ts'
import { workspaceRepository } from './workspace.repository.ts'

/**
 * Deletes a workspace with everything in it, however much; of its records only the one that it was closed stays.
 * @throws ResourceNotFound for a workspace the caller is no member of; Forbidden for all but the owner; ReferenceConstraint while others refer to its integrations or interfaces
 */
export const deleteWorkspace = async (caller: CallerContext, id: string): Promise<void> => {
  const ctx = enterWorkspace(caller, id, workspacesOperations.deleteWorkspace.access)
  await ctx.db.atomically(async (rows) => {
    // Whoever makes a bot or an integration in it at this moment waits.
    const workspace = await workspaceRepository.hold(ctx, rows)
    if (!workspace) throw notFound('workspace', id)
    // Bots before integrations, as whoever installs something holds them in this order: nobody waits in a circle.
    for (const botId of await workspaceRepository.holdBots(ctx, rows)) await botRepository.delete(rows, botId)
    if (await workspaceRepository.holdIntegrations(ctx, rows))
      throw referenceConstraint('Bots of other workspaces have, or had, an integration of this one')
    if (await workspaceRepository.holdInterfaces(ctx, rows))
      throw referenceConstraint('Integrations of other workspaces implement an interface of this one')
    await workspaceRepository.delete(ctx, rows)
    await auditRecordRepository.forget(ctx, rows)
    await recordAction(ctx, rows, { action: 'CLOSE_WORKSPACE', resource: { id, name: workspace.name } })
  })
}
