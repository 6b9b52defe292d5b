import type { PageQuery, PublicWorkspace } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { pageBy, positionByCreation } from '../pages/index.ts'
import { toPublicWorkspace } from './workspace.mapper.ts'
import { type PublicFilter, workspaceRepository } from './workspace.repository.ts'

/** The workspaces that show themselves to everybody, newest first. @throws InvalidQuery for a token of another list */
export const listPublicWorkspaces = async (
  ctx: CallerContext,
  { nextToken, pageSize, ...filter }: PageQuery & PublicFilter,
): Promise<{ workspaces: PublicWorkspace[]; meta: { nextToken?: string } }> => {
  const { rows, meta } = await pageBy(
    ctx,
    { nextToken, pageSize },
    {
      frozen: ['public-workspaces', filter],
      read: (after, limit) => workspaceRepository.publicPage(ctx, filter, after, limit),
      positionOf: positionByCreation,
    },
  )
  return { workspaces: rows.map(toPublicWorkspace), meta }
}
