import type { PlatformContext } from '../context.ts'
import { isUuid } from '../ids.ts'
import type { WorkspaceRow } from './workspace.mapper.ts'

const include = { _count: { select: { bots: true } } } as const

/** Rows of `workspaces`, nothing else. */
export const workspaceRepository = {
  find: async ({ db }: PlatformContext, id: string): Promise<WorkspaceRow | null> =>
    isUuid(id) ? db.prisma.workspace.findUnique({ where: { id }, include }) : null,
  /** Newest first, those after the given one. */
  page: (
    { db }: PlatformContext,
    ids: string[],
    handle: string | undefined,
    afterId: string | undefined,
    limit: number,
  ): Promise<WorkspaceRow[]> =>
    db.prisma.workspace.findMany({
      where: { id: { in: ids }, ...(handle === undefined ? {} : { handle }) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
      ...(afterId === undefined ? {} : { cursor: { id: afterId }, skip: 1 }),
      include,
    }),
}
