import type { PageQuery } from '@understudy/contract'
import type { Prisma, Statement, Transaction } from '@understudy/db'
import type { PlatformContext, WorkspaceContext } from '../context.ts'
import { isUuid, newUuid } from '../ids.ts'
import { type Fragment, fragment, readPage } from '../pages/index.ts'
import { type InterfaceRow, type InterfaceSummaryRow, SUMMARY, VERSION } from './interface.mapper.ts'

type Reading = Pick<Transaction, 'interface'>

/** Which interfaces a list holds; what is undefined does not matter. */
export type InterfaceList = {
  name: string | undefined
  ids: string[] | undefined
  /** the filter as it was asked for: `ids` may change from page to page */
  frozen: unknown
}

const IDENTITY = { id: true, familyId: true, version: true } as const

/** Rows of `interfaces` and `interface_families`, nothing else. */
export const interfaceRepository = {
  /** One of the workspace's own versions. */
  find: async (
    { db, workspaceId }: WorkspaceContext,
    id: string,
    tx: Reading = db.prisma,
  ): Promise<InterfaceRow | null> =>
    isUuid(id) ? tx.interface.findFirst({ where: { id, workspaceId }, ...VERSION }) : null,
  /** The same, held against other changes and whoever is about to implement it until the transaction ends. */
  hold: async (ctx: WorkspaceContext, tx: Transaction, id: string): Promise<InterfaceRow | null> => {
    if (!isUuid(id)) return null
    await tx.$queryRaw`select from interfaces where id = ${id}::uuid for update`
    return interfaceRepository.find(ctx, id, tx)
  },
  /**
   * Those of some ids that an integration of the workspace may implement: its own, and what others show to everybody. They
   * are held against deletion until the transaction ends, if there is one.
   */
  holdImplementable: async (
    { workspaceId }: WorkspaceContext,
    tx: Pick<Transaction, 'interface' | '$queryRaw'>,
    given: readonly string[],
  ): Promise<InterfaceSummaryRow[]> => {
    const ids = given.filter(isUuid)
    if (ids.length === 0) return []
    await tx.$queryRaw`select from interfaces where id = any(${ids}::uuid[]) order by id for share`
    return tx.interface.findMany({ where: { id: { in: ids }, OR: [{ workspaceId }, { public: true }] }, ...SUMMARY })
  },
  /** One that its workspace shows to everybody. */
  findPublic: async ({ db }: PlatformContext, id: string): Promise<InterfaceRow | null> =>
    isUuid(id) ? db.prisma.interface.findFirst({ where: { id, public: true }, ...VERSION }) : null,
  /** All versions of a name in the workspace, or of all its names. */
  versions: ({ db, workspaceId }: WorkspaceContext, name: string | undefined) =>
    db.prisma.interface.findMany({
      where: { workspaceId, ...(name === undefined ? {} : { family: { name } }) },
      select: IDENTITY,
    }),
  /** The same, of what all workspaces have made public. */
  publicVersions: ({ db }: PlatformContext, name: string | undefined) =>
    db.prisma.interface.findMany({
      where: { public: true, family: { published: true, ...(name === undefined ? {} : { name }) } },
      select: IDENTITY,
    }),
  /** Where the rows of a page of the workspace's own stand. @throws InvalidQuery for a token of another list */
  page: (ctx: WorkspaceContext, page: PageQuery, list: InterfaceList) =>
    readPlaces(ctx, page, list, ctx.workspaceId, fragment('n.workspace_id = {}::uuid', ctx.workspaceId)),
  /** The same, of what all workspaces have made public. */
  publicPage: (ctx: PlatformContext, page: PageQuery, list: InterfaceList) =>
    readPlaces(ctx, page, list, null, fragment('n.public')),
  summaries: ({ db }: PlatformContext, ids: string[]): Promise<InterfaceSummaryRow[]> =>
    db.prisma.interface.findMany({ where: { id: { in: ids } }, ...SUMMARY }),
  /** Whether another workspace has published something under a name. */
  isPublishedElsewhere: async ({ workspaceId }: WorkspaceContext, tx: Transaction, name: string): Promise<boolean> =>
    (await tx.interfaceFamily.count({ where: { name, published: true, workspaceId: { not: workspaceId } } })) > 0,
  /** How many versions there are of a name. */
  countVersions: (tx: Transaction, familyId: string, version?: string): Promise<number> =>
    tx.interface.count({ where: { familyId, ...(version === undefined ? {} : { version }) } }),
  /** How many integrations implement a version; of other workspaces, where asked. */
  countImplementations: (tx: Transaction, interfaceId: string, elsewhere?: WorkspaceContext): Promise<number> =>
    tx.implementation.count({
      where: {
        interfaceId,
        ...(elsewhere ? { integration: { workspaceId: { not: elsewhere.workspaceId } } } : {}),
      },
    }),
  /**
   * The family of a name in the workspace, made when missing; it is held against deletion until the transaction ends.
   * @returns undefined when the workspace has just been deleted
   */
  holdFamily: async (
    { workspaceId, clock }: WorkspaceContext,
    tx: Transaction,
    name: string,
  ): Promise<{ id: string; published: boolean } | undefined> => {
    const [family] = await tx.$queryRaw<{ id: string; published: boolean }[]>`
      insert into interface_families as f (id, workspace_id, name, created_at)
      select ${newUuid()}::uuid, w.id, ${name}, ${clock.now()}::timestamptz from workspaces w where w.id = ${workspaceId}::uuid for key share
      on conflict (workspace_id, name) do update set name = f.name
      returning id, published`
    return family
  },
  updateFamily: async (
    tx: Transaction,
    id: string,
    data: Prisma.InterfaceFamilyUncheckedUpdateInput,
  ): Promise<void> => {
    if (Object.keys(data).length > 0) await tx.interfaceFamily.update({ where: { id }, data })
  },
  create: (tx: Transaction, data: Prisma.InterfaceUncheckedCreateInput): Promise<InterfaceRow> =>
    tx.interface.create({ data, ...VERSION }),
  update: (tx: Transaction, id: string, data: Prisma.InterfaceUncheckedUpdateInput): Promise<InterfaceRow> =>
    tx.interface.update({ where: { id }, data, ...VERSION }),
  /** With the last version goes its family. */
  delete: async (tx: Transaction, { id, familyId }: Pick<InterfaceRow, 'id' | 'familyId'>): Promise<void> => {
    await tx.interface.delete({ where: { id } })
    // Whoever makes another version at this moment waits, or is seen.
    await tx.$queryRaw`select from interface_families where id = ${familyId}::uuid for update`
    if ((await tx.interface.count({ where: { familyId } })) === 0)
      await tx.interfaceFamily.delete({ where: { id: familyId } })
  },
  /** The bytes of an icon, or of a readme, and nothing if that has other bytes by now. */
  icon: async ({ db }: PlatformContext, id: string, tag: string) =>
    isUuid(id) ? db.row<{ icon: Buffer; icon_type: string }>(ICON, [id, tag]) : undefined,
  readme: async ({ db }: PlatformContext, id: string, tag: string) =>
    isUuid(id) ? db.row<{ readme: Buffer }>(README, [id, tag]) : undefined,
}

const ICON: Statement = {
  name: 'interfaces.icon',
  text: 'select f.icon, f.icon_type from interface_families f where f.id = $1 and f.icon_tag = $2',
}
const README: Statement = {
  name: 'interfaces.readme',
  text: 'select n.readme from interfaces n where n.id = $1 and n.readme_tag = $2',
}

type Place = { id: string; seq: string; value: string }

const readPlaces = (
  ctx: PlatformContext,
  page: PageQuery,
  { name, ids, frozen }: InterfaceList,
  tenant: string | null,
  realm: Fragment,
) =>
  readPage<Place>(ctx, page, {
    name: 'interfaces.list',
    from: fragment(
      'select n.id, n.seq, n.created_at as value from interfaces n join interface_families f on f.id = n.family_id',
    ),
    where: [
      realm,
      ...(name === undefined ? [] : [fragment('f.name = {}', name)]),
      ...(ids === undefined ? [] : [fragment('n.id = any({}::uuid[])', ids)]),
    ],
    sortBy: 'n.created_at',
    seq: 'n.seq',
    direction: 'desc',
    positionOf: ({ value, seq }: Place) => ({ value, seq }),
    frozen: [tenant, frozen],
  })
