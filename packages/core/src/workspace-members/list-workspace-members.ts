import type { PageQuery, WorkspaceMember } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { pageBy, positionByCreation } from '../pages/index.ts'
import { toWorkspaceMember } from './workspace-member.mapper.ts'
import { workspaceMemberRepository } from './workspace-member.repository.ts'

/** The members of the workspace, newest first. @throws InvalidQuery for a token of another list */
export const listWorkspaceMembers = async (
  ctx: WorkspaceContext,
  page: PageQuery,
): Promise<{ members: WorkspaceMember[]; meta: { nextToken?: string } }> => {
  const { rows, meta } = await pageBy(ctx, page, {
    frozen: ['workspace-members', ctx.workspaceId],
    read: (after, limit) => workspaceMemberRepository.page(ctx, after, limit),
    positionOf: positionByCreation,
  })
  return { members: rows.map(toWorkspaceMember), meta }
}
