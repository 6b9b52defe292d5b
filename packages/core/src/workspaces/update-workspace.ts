import { type Workspace, type WorkspaceChanges, workspacesOperations } from '@understudy/contract'
import { enterWorkspace } from '../accounts/index.ts'
import { namesOf, recordAction } from '../audit-records/index.ts'
import { unlessTaken } from '../constraints.ts'
import type { CallerContext } from '../context.ts'
import { alreadyExists, notFound } from '../errors.ts'
import { toWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/**
 * Changes what a workspace is called and shows; absent is unchanged.
 * @throws ResourceNotFound for a workspace the caller is no member of; Forbidden below administrator; AlreadyExists for a handle that is taken
 */
export const updateWorkspace = async (
  caller: CallerContext,
  id: string,
  changes: WorkspaceChanges,
): Promise<Workspace> => {
  const ctx = enterWorkspace(caller, id, workspacesOperations.updateWorkspace.access)
  const { spendingLimit, ...others } = changes
  const row = await unlessTaken(
    ctx.db.transaction(async (tx) => {
      const updated = await workspaceRepository.update(ctx, tx, changes)
      if (!updated) throw notFound('workspace', id)
      const resource = { id, name: updated.name }
      if (Object.keys(others).length > 0)
        await recordAction(ctx, tx, { action: 'UPDATE_WORKSPACE', resource, value: namesOf(others) })
      if (spendingLimit !== undefined)
        await recordAction(ctx, tx, { action: 'SET_SPENDING_LIMIT', resource, value: String(spendingLimit) })
      return updated
    }),
  )
  if (!row) throw alreadyExists(`The handle "${changes.handle}" is taken`)
  return toWorkspace(row)
}
