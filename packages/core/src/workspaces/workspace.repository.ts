import type { PlatformContext } from '../context.ts'
import { isUuid } from '../ids.ts'
import type { WorkspaceRow } from './workspace.mapper.ts'

const include = { _count: { select: { bots: true } } } as const

/** Rows of `workspaces`, nothing else. */
export const workspaceRepository = {
  find: async ({ db }: PlatformContext, id: string): Promise<WorkspaceRow | null> =>
    isUuid(id) ? db.prisma.workspace.findUnique({ where: { id }, include }) : null,
  /** Those of a member, newest first, after a position. */
  page: (
    { db }: PlatformContext,
    accountId: string,
    handle: string | undefined,
    after: { value: string; seq: string } | undefined,
    take: number,
  ): Promise<WorkspaceRow[]> => {
    const createdAt = new Date(after?.value ?? 0)
    return db.prisma.workspace.findMany({
      where: {
        members: { some: { accountId } },
        ...(handle === undefined ? {} : { handle }),
        ...(after ? { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.seq } }] } : {}),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take,
      include,
    })
  },
}
