import { refusalOf } from '@understudy/auth'
import { recordAction } from '../audit-records/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { checkNotOwner } from './role.rules.ts'
import { workspaceMemberRepository } from './workspace-member.repository.ts'

/**
 * Removes a member; whoever is less than an administrator removes only themselves.
 * @throws ResourceNotFound; Forbidden, also for the owner
 */
export const deleteWorkspaceMember = async (ctx: WorkspaceContext, id: string): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    const row = await workspaceMemberRepository.hold(ctx, tx, id)
    if (!row) throw notFound('workspace member', id)
    const { caller, workspaceId } = ctx
    const role = caller.kind === 'account' ? caller.roles[workspaceId] : undefined
    const refusal = refusalOf({ callers: ['account:administrator'] }, caller, role)
    const self = caller.kind === 'account' && row.accountId === caller.accountId
    if (refusal && !self) throw forbidden(refusal)
    checkNotOwner(row)
    const resource = { id: row.accountId, name: row.account.email }
    await recordAction(ctx, tx, { action: 'REMOVE_WORKSPACE_MEMBER', resource, value: row.role })
    await workspaceMemberRepository.delete(tx, id)
  })
