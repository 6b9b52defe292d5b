import { Prisma, type Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { isUuid } from '../ids.ts'
import type { IntegrationRow } from './integration.mapper.ts'

const include = { family: { select: { name: true } } } as const

/** Rows of `integrations` and `integration_families`, nothing else. */
export const integrationRepository = {
  /** One of the workspace's own versions. */
  find: async ({ db, workspaceId }: WorkspaceContext, id: string): Promise<IntegrationRow | null> =>
    isUuid(id) ? db.prisma.integration.findFirst({ where: { id, family: { workspaceId } }, include }) : null,
  /** A version the workspace may install: its own, or one that another shows to everybody. */
  findInstallable: async (
    { workspaceId }: WorkspaceContext,
    tx: Pick<Transaction, 'integration'>,
    id: string,
  ): Promise<IntegrationRow | null> =>
    isUuid(id)
      ? tx.integration.findFirst({
          where: { id, OR: [{ family: { workspaceId } }, { visibility: { in: ['public', 'unlisted'] } }] },
          include,
        })
      : null,
  /** All versions of a name in the workspace. */
  versions: ({ db, workspaceId }: WorkspaceContext, name: string, dev: boolean) =>
    db.prisma.integration.findMany({
      where: { dev, family: { workspaceId, name } },
      select: { id: true, version: true, createdAt: true },
    }),
  names: async ({ db, workspaceId }: WorkspaceContext): Promise<string[]> =>
    (await db.prisma.integrationFamily.findMany({ where: { workspaceId }, select: { name: true } })).map(
      (one) => one.name,
    ),
  /** Those after the given one, in an order of which the id of a row is a place. */
  page: (
    { db, workspaceId }: WorkspaceContext,
    where: Prisma.IntegrationWhereInput,
    orderBy: Prisma.IntegrationOrderByWithRelationInput[],
    afterId: string | undefined,
    take: number,
  ): Promise<IntegrationRow[]> =>
    db.prisma.integration.findMany({
      where: { AND: [{ family: { workspaceId } }, where] },
      orderBy,
      take,
      ...(afterId === undefined ? {} : { cursor: { id: afterId }, skip: 1 }),
      include,
    }),
  /** The family of a name in the workspace, made when missing. */
  family: async ({ workspaceId, clock }: WorkspaceContext, tx: Transaction, id: string, name: string) =>
    tx.integrationFamily.upsert({
      where: { workspaceId_name: { workspaceId, name } },
      create: { id, workspaceId, name, createdAt: clock.now() },
      update: {},
    }),
  create: (tx: Transaction, data: Prisma.IntegrationUncheckedCreateInput): Promise<IntegrationRow> =>
    tx.integration.create({ data, include }),
  update: (tx: Transaction, id: string, data: Prisma.IntegrationUncheckedUpdateInput): Promise<IntegrationRow> =>
    tx.integration.update({ where: { id }, data, include }),
}
