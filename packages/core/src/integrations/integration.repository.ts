import type { PageQuery } from '@understudy/contract'
import type { Prisma, Statement, Transaction } from '@understudy/db'
import type { PlatformContext, WorkspaceContext } from '../context.ts'
import { isUuid, newUuid } from '../ids.ts'
import { type Fragment, fragment, readPage } from '../pages/index.ts'
import {
  type IntegrationRow,
  PUBLIC_SUMMARY,
  PUBLIC_VERSION,
  type PublicRow,
  type PublicSummaryRow,
  SUMMARY,
  type SummaryRow,
  VERSION,
} from './integration.mapper.ts'
import { type IntegrationList, sortOf, wheresOf } from './integration-list.rules.ts'

type Reading = Pick<
  Transaction,
  'integration' | 'integrationFamily' | 'installation' | 'interface' | 'workspace' | '$queryRaw'
>

/** Published: everybody who knows of it may install it. */
const PUBLISHED = { dev: false, visibility: { in: ['public', 'unlisted'] } } satisfies Prisma.IntegrationWhereInput
const PUBLIC = { dev: false, visibility: 'public' } satisfies Prisma.IntegrationWhereInput

/** Rows of `integrations` and `integration_families`, nothing else. */
export const integrationRepository = {
  /** One of the workspace's own versions. */
  find: async (
    { db, workspaceId }: WorkspaceContext,
    id: string,
    tx: Pick<Transaction, 'integration'> = db.prisma,
  ): Promise<IntegrationRow | null> =>
    isUuid(id) ? tx.integration.findFirst({ where: { id, workspaceId }, ...VERSION }) : null,
  /** The same, held against other changes and new installations until the transaction ends. */
  hold: async (ctx: WorkspaceContext, tx: Transaction, id: string): Promise<IntegrationRow | null> => {
    if (!isUuid(id)) return null
    await tx.$queryRaw`select from integrations where id = ${id}::uuid for update`
    return integrationRepository.find(ctx, id, tx)
  },
  /** One that its workspace shows to everybody. */
  findPublished: async ({ db }: PlatformContext, id: string): Promise<PublicRow | null> =>
    isUuid(id) ? db.prisma.integration.findFirst({ where: { id, ...PUBLISHED }, ...PUBLIC_VERSION }) : null,
  /**
   * A version the bot may have: one of its workspace, one that another workspace shows to everybody, or the one it has.
   * It is held against deletion until the transaction ends.
   */
  holdInstallable: async (
    { workspaceId }: WorkspaceContext,
    tx: Transaction,
    botId: string,
    id: string,
  ): Promise<IntegrationRow | null> => {
    if (!isUuid(id)) return null
    await tx.$queryRaw`select from integrations where id = ${id}::uuid for share`
    const visible: Prisma.IntegrationWhereInput[] = [
      { workspaceId },
      PUBLISHED,
      { installations: { some: { botId, removedAt: null } } },
    ]
    return tx.integration.findFirst({ where: { id, OR: visible }, ...VERSION })
  },
  /** All versions of a name in the workspace, or of all its names. */
  versions: ({ db, workspaceId }: WorkspaceContext, name: string | undefined, dev: boolean) =>
    db.prisma.integration.findMany({
      where: { dev, workspaceId, ...(name === undefined ? {} : { family: { name } }) },
      select: { id: true, familyId: true, version: true },
    }),
  /** The same, of what all workspaces have made public. */
  publicVersions: ({ db }: PlatformContext, name: string | undefined) =>
    db.prisma.integration.findMany({
      where: { ...PUBLIC, family: { published: true, ...(name === undefined ? {} : { name }) } },
      select: { id: true, familyId: true, version: true },
    }),
  /** One that its workspace shows to everybody, by its exact version. */
  findPublishedVersion: ({ db }: PlatformContext, name: string, version: string): Promise<PublicRow | null> =>
    db.prisma.integration.findFirst({
      where: { version, ...PUBLISHED, family: { published: true, name } },
      ...PUBLIC_VERSION,
    }),
  /** Where the rows of a page of the workspace's own stand. @throws InvalidQuery for a token of another list */
  page: (ctx: WorkspaceContext, page: PageQuery, dev: boolean, list: IntegrationList) =>
    readPlaces(ctx, page, list, ctx.workspaceId, [
      fragment('n.workspace_id = {}::uuid', ctx.workspaceId),
      fragment('n.dev = {}', dev),
    ]),
  /** The same, of what all workspaces have made public. */
  publicPage: (ctx: PlatformContext, page: PageQuery, list: IntegrationList) =>
    readPlaces(ctx, page, list, null, [fragment("not n.dev and n.visibility = 'public'")]),
  summaries: ({ db }: PlatformContext, ids: string[]): Promise<SummaryRow[]> =>
    db.prisma.integration.findMany({ where: { id: { in: ids } }, ...SUMMARY }),
  publicSummaries: ({ db }: PlatformContext, ids: string[]): Promise<PublicSummaryRow[]> =>
    db.prisma.integration.findMany({ where: { id: { in: ids } }, ...PUBLIC_SUMMARY }),
  /** What is known of a name in the workspace. */
  findFamily: ({ workspaceId }: WorkspaceContext, tx: Reading, name: string) =>
    tx.integrationFamily.findUnique({
      where: { workspaceId_name: { workspaceId, name } },
      select: { id: true, published: true },
    }),
  /** Whether another workspace has published something under a name. */
  isPublishedElsewhere: async ({ workspaceId }: WorkspaceContext, tx: Reading, name: string): Promise<boolean> =>
    (await tx.integrationFamily.count({ where: { name, published: true, workspaceId: { not: workspaceId } } })) > 0,
  /** How many versions there are of a name, not counting those under development. */
  countVersions: (tx: Reading, familyId: string, version?: string): Promise<number> =>
    tx.integration.count({ where: { familyId, dev: false, ...(version === undefined ? {} : { version }) } }),
  /** How many bots have a version now; of other workspaces, where asked. */
  countInstallations: (tx: Reading, id: string, elsewhere?: WorkspaceContext): Promise<number> =>
    tx.installation.count({
      where: {
        integrationId: id,
        removedAt: null,
        ...(elsewhere ? { bot: { workspaceId: { not: elsewhere.workspaceId } } } : {}),
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
  ): Promise<string | undefined> => {
    const [family] = await tx.$queryRaw<{ id: string }[]>`
      insert into integration_families as f (id, workspace_id, name, created_at)
      select ${newUuid()}::uuid, w.id, ${name}, ${clock.now()}::timestamptz from workspaces w where w.id = ${workspaceId}::uuid for key share
      on conflict (workspace_id, name) do update set name = f.name
      returning id`
    return family?.id
  },
  updateFamily: async (
    tx: Transaction,
    id: string,
    data: Prisma.IntegrationFamilyUncheckedUpdateInput,
  ): Promise<void> => {
    if (Object.keys(data).length > 0) await tx.integrationFamily.update({ where: { id }, data })
  },
  create: (tx: Transaction, data: Prisma.IntegrationUncheckedCreateInput): Promise<IntegrationRow> =>
    tx.integration.create({ data, ...VERSION }),
  update: (
    tx: Pick<Transaction, 'integration'>,
    id: string,
    data: Prisma.IntegrationUncheckedUpdateInput,
  ): Promise<IntegrationRow> => tx.integration.update({ where: { id }, data, ...VERSION }),
  /** Whatever was asked for before, and was not decided in its favour. */
  awaitVerification: async ({ db, workspaceId, clock }: WorkspaceContext, id: string): Promise<void> => {
    const where = { id, workspaceId, verificationStatus: { in: ['unapproved', 'rejected'] } }
    await db.prisma.integration.updateMany({
      where,
      data: { verificationStatus: 'pending', updatedAt: clock.now() },
    })
  },
  /** @returns whether there is such a version in the workspace */
  setSigningSecret: async (
    { db, workspaceId, clock }: WorkspaceContext,
    id: string,
    sealedSigningSecret: Uint8Array<ArrayBuffer>,
  ): Promise<boolean> => {
    if (!isUuid(id)) return false
    const data = { sealedSigningSecret, updatedAt: clock.now() }
    return (await db.prisma.integration.updateMany({ where: { id, workspaceId }, data })).count > 0
  },
  /** With the last version goes its family, unless a bot ever had it: what was written through it needs its name. */
  delete: async (tx: Transaction, { id, familyId }: Pick<IntegrationRow, 'id' | 'familyId'>): Promise<void> => {
    await tx.integration.delete({ where: { id } })
    // Whoever makes another version at this moment waits, or is seen.
    await tx.$queryRaw`select from integration_families where id = ${familyId}::uuid for update`
    const left = await tx.integration.count({ where: { familyId } })
    const had = await tx.installation.count({ where: { familyId } })
    if (left === 0 && had === 0) await tx.integrationFamily.delete({ where: { id: familyId } })
  },
  /** The bytes of an icon, or of a readme, and nothing if that has other bytes by now. */
  icon: async ({ db }: PlatformContext, id: string, tag: string) =>
    isUuid(id) ? db.row<{ icon: Buffer; icon_type: string }>(ICON, [id, tag]) : undefined,
  readme: async ({ db }: PlatformContext, id: string, tag: string) =>
    isUuid(id) ? db.row<{ readme: Buffer }>(README, [id, tag]) : undefined,
}

export type ReadingIntegrations = Reading

const ICON: Statement = {
  name: 'integrations.icon',
  text: `
    select f.icon, f.icon_type from integration_families f where f.id = $1 and f.icon_tag = $2`,
}
const README: Statement = {
  name: 'integrations.readme',
  text: 'select n.readme from integrations n where n.id = $1 and n.readme_tag = $2',
}

type Place = { id: string; seq: string; value: string }

/**
 * By creation and by change there is an index that a page is a walk along, of each workspace and of the hub. By name and by
 * installations all rows of the list are read and sorted: some thousand at most, which is not worth an index to keep.
 */
const readPlaces = (
  ctx: PlatformContext,
  page: PageQuery,
  list: IntegrationList,
  tenant: string | null,
  where: Fragment[],
) => {
  const { by, type } = sortOf(list)
  return readPage<Place>(ctx, page, {
    name: 'integrations.list',
    from: fragment(
      `select n.id, n.seq, ${by} as value from integrations n join integration_families f on f.id = n.family_id`,
    ),
    where: [...where, ...wheresOf(list)],
    sortBy: by,
    sortType: type,
    seq: 'n.seq',
    direction: list.direction,
    positionOf: ({ value, seq }: Place) => ({ value, seq }),
    frozen: [tenant, list.frozen],
  })
}
