import type { PageQuery, Workspace } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { pageBy, positionByCreation } from '../pages/index.ts'
import { toWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** The workspaces the caller is a member of, newest first. @throws InvalidQuery for a token of another list */
export const listWorkspaces = async (
  ctx: CallerContext,
  { handle, ...page }: PageQuery & { handle?: string | undefined },
): Promise<{ workspaces: Workspace[]; meta: { nextToken?: string } }> => {
  const accountId = accountIdOf(ctx.caller)
  const { rows, meta } = await pageBy(ctx, page, {
    frozen: ['workspaces', accountId, handle],
    read: (after, limit) => workspaceRepository.page(ctx, { accountId, handle }, after, limit),
    positionOf: positionByCreation,
  })
  return { workspaces: rows.map(toWorkspace), meta }
}
