import type { PageQuery, Workspace } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { pageBy } from '../pages/index.ts'
import { toWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** The workspaces the caller is a member of, newest first. @throws InvalidQuery for a token of another list */
export const listWorkspaces = async (
  ctx: CallerContext,
  { handle, ...page }: PageQuery & { handle?: string | undefined },
): Promise<{ workspaces: Workspace[]; meta: { nextToken?: string } }> => {
  const ids = ctx.caller.kind === 'account' ? Object.keys(ctx.caller.roles) : [ctx.caller.workspaceId]
  const { rows, meta } = await pageBy(ctx, page, {
    frozen: ['workspaces', ids.toSorted(), handle],
    read: (after, limit) => workspaceRepository.page(ctx, ids, handle, after?.value, limit),
    positionOf: ({ id }) => ({ value: id, seq: '' }),
  })
  return { workspaces: rows.map(toWorkspace), meta }
}
