import type { NewWorkspace, Workspace } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import { recordAction } from '../audit-records/index.ts'
import { unlessOwnerGone } from '../constraints.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { newUuid } from '../ids.ts'
import { toWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** Makes a workspace that the caller owns, without a handle. @throws Forbidden for a caller who is no account */
export const createWorkspace = async (ctx: CallerContext, { name }: NewWorkspace): Promise<Workspace> => {
  const ownerId = accountIdOf(ctx.caller)
  const id = newUuid()
  const row = await unlessOwnerGone(
    ctx.db.transaction(async (tx) => {
      const created = await workspaceRepository.create(ctx, tx, { id, name, ownerId })
      const resource = { id, name }
      await recordAction({ ...ctx, workspaceId: id }, tx, { action: 'CREATE_WORKSPACE', resource })
      return created
    }),
  )
  if (!row) throw notFound('account', ownerId)
  return toWorkspace(row)
}
