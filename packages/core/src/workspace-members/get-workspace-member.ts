import type { WorkspaceMember } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toWorkspaceMember } from './workspace-member.mapper.ts'
import { workspaceMemberRepository } from './workspace-member.repository.ts'

/** The membership of the caller. @throws ResourceNotFound when it has just ended; Forbidden for a caller who is no account */
export const getWorkspaceMember = async (ctx: WorkspaceContext): Promise<WorkspaceMember> => {
  const accountId = accountIdOf(ctx.caller)
  const row = await workspaceMemberRepository.findByAccount(ctx, accountId)
  if (!row) throw notFound('workspace member', accountId)
  return toWorkspaceMember(row)
}
