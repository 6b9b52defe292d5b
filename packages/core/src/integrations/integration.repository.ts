import type { Prisma, Statement, Transaction } from '@understudy/db'
import { selectedAs, withinReachSql } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { isUuid, newUuid } from '../ids.ts'
import { type IntegrationRow, SUMMARY, type SummaryRow, VERSION } from './integration.mapper.ts'

/** Rows of `integrations` and `integration_families`, nothing else. */
export const integrationRepository = {
  /** One of the workspace's own versions. */
  find: async (
    { db, workspaceId }: WorkspaceContext,
    id: string,
    tx: Pick<Transaction, 'integration'> = db.prisma,
  ): Promise<IntegrationRow | null> =>
    isUuid(id) ? tx.integration.findFirst({ where: { id, family: { workspaceId } }, ...VERSION }) : null,
  /** The same, held against other changes and new installations until the transaction ends. */
  hold: async (ctx: WorkspaceContext, tx: Transaction, id: string): Promise<IntegrationRow | null> => {
    if (!isUuid(id)) return null
    await tx.$queryRaw`select from integrations where id = ${id}::uuid for update`
    return integrationRepository.find(ctx, id, tx)
  },
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
      { family: { workspaceId } },
      { dev: false, visibility: { in: ['public', 'unlisted'] } },
      { installations: { some: { botId, removedAt: null } } },
    ]
    return tx.integration.findFirst({ where: { id, OR: visible }, ...VERSION })
  },
  /** All versions of a name in the workspace, or of all its names. */
  versions: ({ db, workspaceId }: WorkspaceContext, name: string | undefined, dev: boolean) =>
    db.prisma.integration.findMany({
      where: { dev, family: { workspaceId, ...(name === undefined ? {} : { name }) } },
      select: { id: true, familyId: true, version: true },
    }),
  /** Where the rows of a page stand, in the order of the list. */
  places: (
    { db, workspaceId, caller }: WorkspaceContext,
    { sortBy, direction, ...filter }: IntegrationList,
    after: Place | undefined,
    limit: number,
  ): Promise<(Place & { id: string })[]> =>
    db.rows(LISTS[`${sortBy}.${direction}`], [
      workspaceId,
      filter.dev,
      filter.name ?? null,
      filter.ids ?? null,
      filter.visibility ?? null,
      filter.verificationStatus ?? null,
      filter.installedByBotId ?? null,
      filter.search ?? null,
      after?.value ?? null,
      after?.seq ?? null,
      limit,
      selectedAs(caller, workspaceId) ?? null,
    ]),
  summaries: ({ db }: WorkspaceContext, ids: string[]): Promise<SummaryRow[]> =>
    db.prisma.integration.findMany({ where: { id: { in: ids } }, ...SUMMARY }),
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
  create: (tx: Transaction, data: Prisma.IntegrationUncheckedCreateInput): Promise<IntegrationRow> =>
    tx.integration.create({ data, ...VERSION }),
  update: (tx: Transaction, id: string, data: Prisma.IntegrationUncheckedUpdateInput): Promise<IntegrationRow> =>
    tx.integration.update({ where: { id }, data, ...VERSION }),
  /** With the last version goes its family, unless a bot ever had it: what was written through it needs its name. */
  delete: async (tx: Transaction, { id, familyId }: Pick<IntegrationRow, 'id' | 'familyId'>): Promise<void> => {
    await tx.integration.delete({ where: { id } })
    // Whoever makes another version at this moment waits, or is seen.
    await tx.$queryRaw`select from integration_families where id = ${familyId}::uuid for update`
    const left = await tx.integration.count({ where: { familyId } })
    const had = await tx.installation.count({ where: { familyId } })
    if (left === 0 && had === 0) await tx.integrationFamily.delete({ where: { id: familyId } })
  },
}

/** Where a row stands in a list. */
type Place = { value: string; seq: string }

/** A list without its page; what is undefined does not matter. */
export type IntegrationList = {
  sortBy: keyof typeof SORTS
  direction: 'asc' | 'desc'
  dev: boolean
  name?: string | undefined
  ids?: string[] | undefined
  visibility?: string | undefined
  verificationStatus?: string | undefined
  installedByBotId?: string | undefined
  search?: string | undefined
}

const INSTALLATIONS = `(select count(*) from installations i where i.integration_id = n.id and i.removed_at is null)`

const SORTS = {
  createdAt: { by: 'n.created_at', type: 'timestamptz' },
  updatedAt: { by: 'n.updated_at', type: 'timestamptz' },
  name: { by: 'f.name collate "C"', type: 'text' },
  installCount: { by: INSTALLATIONS, type: 'bigint' },
} as const

const list = (sortBy: keyof typeof SORTS, direction: 'asc' | 'desc'): Statement => {
  const { by, type } = SORTS[sortBy]
  return {
    name: `integrations.list.${sortBy}.${direction}`,
    text: `
      select n.id, n.seq, ${by} as value
      from integrations n join integration_families f on f.id = n.family_id
      where f.workspace_id = $1 and n.dev = $2
        and ($3::text is null or f.name = $3)
        and ($4::uuid[] is null or n.id = any($4))
        and ($5::text is null or n.visibility = $5)
        and ($6::text is null or n.verification_status = $6)
        and ($7::uuid is null or exists (
          select from installations i join bots b on b.id = i.bot_id
          where i.integration_id = n.id and i.removed_at is null and b.id = $7 and b.workspace_id = $1
            and ${withinReachSql('$12')}))
        and ($8::text is null or strpos(lower(concat_ws(chr(10), f.name, n.title, n.description)), lower($8)) > 0)
        and ($9::text is null or (${by}, n.seq) ${direction === 'desc' ? '<' : '>'} ($9::${type}, $10::bigint))
      order by ${by} ${direction}, n.seq ${direction} limit $11`,
  }
}

const LISTS = {
  'createdAt.asc': list('createdAt', 'asc'),
  'createdAt.desc': list('createdAt', 'desc'),
  'updatedAt.asc': list('updatedAt', 'asc'),
  'updatedAt.desc': list('updatedAt', 'desc'),
  'name.asc': list('name', 'asc'),
  'name.desc': list('name', 'desc'),
  'installCount.asc': list('installCount', 'asc'),
  'installCount.desc': list('installCount', 'desc'),
} as const
