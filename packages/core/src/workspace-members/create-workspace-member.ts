import type { NewWorkspaceMember, WorkspaceMember } from '@understudy/contract'
import { recordAction } from '../audit-records/index.ts'
import { unlessOwnerGone } from '../constraints.ts'
import type { WorkspaceContext } from '../context.ts'
import { alreadyExists, notFound } from '../errors.ts'
import { checkRoleToGive } from './role.rules.ts'
import { toWorkspaceMember } from './workspace-member.mapper.ts'
import { workspaceMemberRepository } from './workspace-member.repository.ts'

/**
 * Adds the account of an address to the workspace; where nobody has the address yet, a pending one is made.
 * @throws AlreadyExists for a member; Forbidden for the role of the owner; ResourceNotFound
 */
export const createWorkspaceMember = async (
  ctx: WorkspaceContext,
  { email, role }: NewWorkspaceMember,
): Promise<WorkspaceMember> => {
  checkRoleToGive(role)
  const row = await unlessOwnerGone(
    ctx.db.transaction(async (tx) => {
      const { id: accountId } = await workspaceMemberRepository.accountOf(ctx, tx, email.toLowerCase())
      const member = await workspaceMemberRepository.create(ctx, tx, { accountId, role })
      if (!member) throw alreadyExists(`${email} is a member of this workspace already`)
      const resource = { id: accountId, name: member.account.email }
      await recordAction(ctx, tx, { action: 'ADD_WORKSPACE_MEMBER', resource, value: role })
      return member
    }),
  )
  if (!row) throw notFound('workspace', ctx.workspaceId)
  return toWorkspaceMember(row)
}
