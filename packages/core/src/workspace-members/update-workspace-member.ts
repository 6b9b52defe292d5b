import type { WorkspaceMember, WorkspaceMemberChanges } from '@understudy/contract'
import { recordAction } from '../audit-records/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { checkNotOwner, checkRoleToGive } from './role.rules.ts'
import { toWorkspaceMember } from './workspace-member.mapper.ts'
import { workspaceMemberRepository } from './workspace-member.repository.ts'

/** Gives a member another role. @throws ResourceNotFound; Forbidden for the owner, and for the owner's role */
export const updateWorkspaceMember = async (
  ctx: WorkspaceContext,
  id: string,
  { role }: WorkspaceMemberChanges,
): Promise<WorkspaceMember> =>
  ctx.db.transaction(async (tx) => {
    const row = await workspaceMemberRepository.hold(ctx, tx, id)
    if (!row) throw notFound('workspace member', id)
    if (role === undefined || role === row.role) return toWorkspaceMember(row)
    checkNotOwner(row)
    checkRoleToGive(role)
    const resource = { id: row.accountId, name: row.account.email }
    await recordAction(ctx, tx, { action: 'UPDATE_WORKSPACE_MEMBER', resource, value: role })
    return toWorkspaceMember(await workspaceMemberRepository.update(tx, id, { role }))
  })
