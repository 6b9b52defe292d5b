import type { Role, WorkspaceChanges } from '@understudy/contract'
import type { Db, Prisma, Statement, Transaction } from '@understudy/db'
import type { CallerContext, PlatformContext, WorkspaceContext } from '../context.ts'
import { isUuid, newUuid } from '../ids.ts'
import { beyond, NEWEST_FIRST, type Position } from '../pages/index.ts'
import type { WorkspaceRow } from './workspace.mapper.ts'

const include = { _count: { select: { bots: true } } } as const

type After = Position | undefined

export type PublicFilter = { workspaceIds?: string[] | undefined; search?: string | undefined }

/** Rows of `workspaces`, nothing else. */
export const workspaceRepository = {
  find: async ({ db }: PlatformContext, id: string): Promise<WorkspaceRow | null> =>
    isUuid(id) ? db.prisma.workspace.findUnique({ where: { id }, include }) : null,
  /** Those of a member, newest first, after a position. */
  page: (
    ctx: PlatformContext,
    { accountId, handle }: { accountId: string; handle: string | undefined },
    after: After,
    take: number,
  ): Promise<WorkspaceRow[]> =>
    newest(ctx, { members: { some: { accountId } }, ...(handle === undefined ? {} : { handle }) }, after, take),
  /** Those that are public, newest first, after a position. */
  publicPage: (
    ctx: PlatformContext,
    { workspaceIds, search }: PublicFilter,
    after: After,
    take: number,
  ): Promise<WorkspaceRow[]> => {
    // What stands for anything in a pattern stands for itself here.
    const contains = { contains: search?.replace(/[\\%_]/g, '\\$&') ?? '', mode: 'insensitive' } as const
    const where = {
      isPublic: true,
      ...(workspaceIds ? { id: { in: workspaceIds.filter(isUuid) } } : {}),
      ...(search === undefined ? {} : { OR: [{ name: contains }, { handle: contains }] }),
    }
    return newest(ctx, where, after, take)
  },
  /** Which workspaces have which of these handles. */
  idsByHandle: async ({ db }: CallerContext, handles: string[]): Promise<Map<string, string>> => {
    const where = { handle: { in: handles } }
    const rows = await db.prisma.workspace.findMany({ where, select: { id: true, handle: true } })
    return new Map(rows.map(({ id, handle }) => [handle ?? '', id]))
  },
  /** With its owner as the first member. Nobody is billed here: it is on the plan without limits. */
  create: (
    { clock }: CallerContext,
    tx: Transaction,
    data: { id: string; name: string; ownerId: string },
  ): Promise<WorkspaceRow> => {
    const createdAt = clock.now()
    const role: Role = 'owner'
    return tx.workspace.create({
      data: {
        ...data,
        accountType: 'premium',
        plan: 'enterprise',
        spendingLimit: 0,
        createdAt,
        updatedAt: createdAt,
        members: { create: { id: newUuid(), accountId: data.ownerId, role, createdAt } },
      },
      include,
    })
  },
  /** @returns undefined when it has just been deleted */
  update: async (
    { workspaceId: id, clock }: WorkspaceContext,
    tx: Transaction,
    changes: WorkspaceChanges,
  ): Promise<WorkspaceRow | null> => {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const { count } = await tx.workspace.updateMany({ where: { id }, data: { ...given, updatedAt: clock.now() } })
    return count === 0 ? null : tx.workspace.findUnique({ where: { id }, include })
  },
  /** Held until it is deleted. */
  hold: async ({ workspaceId }: WorkspaceContext, rows: Db['rows']): Promise<{ name: string } | undefined> =>
    (await rows<{ name: string }>(HOLD, [workspaceId]))[0],
  /** The ids of its bots, held as well. */
  holdBots: async ({ workspaceId }: WorkspaceContext, rows: Db['rows']): Promise<string[]> =>
    (await rows<{ id: string }>(HOLD_BOTS, [workspaceId])).map(({ id }) => id),
  /** Holds its integrations against new installations. @returns whether a bot, none of its own being left, refers to one */
  holdIntegrations: async ({ workspaceId }: WorkspaceContext, rows: Db['rows']): Promise<boolean> => {
    await rows(HOLD_INTEGRATIONS, [workspaceId])
    return (await rows(FIND_INSTALLATION, [workspaceId])).length > 0
  },
  /** Holds its interfaces against whoever is about to implement one. @returns whether an integration of another workspace does */
  holdInterfaces: async ({ workspaceId }: WorkspaceContext, rows: Db['rows']): Promise<boolean> => {
    await rows(HOLD_INTERFACES, [workspaceId])
    return (await rows(FIND_IMPLEMENTATION, [workspaceId])).length > 0
  },
  delete: async ({ workspaceId }: WorkspaceContext, rows: Db['rows']): Promise<void> => {
    await rows(DELETE, [workspaceId])
  },
}

const newest = (
  { db }: PlatformContext,
  where: Prisma.WorkspaceWhereInput,
  after: After,
  take: number,
): Promise<WorkspaceRow[]> =>
  db.prisma.workspace.findMany({ where: { AND: [where, beyond(after)] }, orderBy: NEWEST_FIRST, take, include })

const HOLD: Statement = { name: 'workspaces.hold', text: 'select name from workspaces where id = $1 for update' }
const HOLD_BOTS: Statement = {
  name: 'workspaces.hold-bots',
  text: 'select id from bots where workspace_id = $1 order by id for update',
}
const HOLD_INTEGRATIONS: Statement = {
  name: 'workspaces.hold-integrations',
  text: `
    select from integrations where family_id in (select id from integration_families where workspace_id = $1)
    order by id for update`,
}
const FIND_INSTALLATION: Statement = {
  name: 'workspaces.find-installation',
  text: `
    select i.id from installations i join integration_families f on f.id = i.family_id
    where f.workspace_id = $1 limit 1`,
}
const HOLD_INTERFACES: Statement = {
  name: 'workspaces.hold-interfaces',
  text: 'select from interfaces where workspace_id = $1 order by id for update',
}
const FIND_IMPLEMENTATION: Statement = {
  name: 'workspaces.find-implementation',
  text: `
    select m.alias from implementations m
      join interfaces x on x.id = m.interface_id
      join integrations n on n.id = m.integration_id
    where x.workspace_id = $1 and n.workspace_id <> $1 limit 1`,
}
const DELETE: Statement = { name: 'workspaces.delete', text: 'delete from workspaces where id = $1' }
