import type { Db, Prisma, Statement, Transaction } from '@understudy/db'
import { botsWithinReach, selectedAs, withinReachSql } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { holdBackDeliveries } from '../deliveries/index.ts'
import { isUuid } from '../ids.ts'
import { BOT, type BotRow, type BotWithInstallations } from './bot.mapper.ts'

/** Rows of `bots`, nothing else. */
export const botRepository = {
  find: async (
    ctx: WorkspaceContext,
    id: string,
    tx: Pick<Transaction, 'bot' | 'recurringEvent'> = ctx.db.prisma,
  ): Promise<BotRow | null> => {
    const row = isUuid(id) ? await tx.bot.findFirst({ where: { id, ...botsWithinReach(ctx) }, ...BOT }) : null
    return row && withRecord(tx, row)
  },
  /** What `find` answers, held against other changes until the transaction ends. */
  hold: async (ctx: WorkspaceContext, tx: Transaction, id: string): Promise<BotRow | null> => {
    if (!isUuid(id)) return null
    await tx.$queryRaw`select from bots where id = ${id}::uuid for update`
    return botRepository.find(ctx, id, tx)
  },
  /** With the user that is the bot itself: its id is the bot's. */
  create: async (
    tx: Transaction,
    data: Prisma.BotUncheckedCreateInput & { id: string; createdAt: Date },
  ): Promise<BotRow> => {
    const row = await tx.bot.create({ data, ...BOT })
    await tx.$executeRaw`
      insert into users (bot_id, id, name, integration_tags, bot_tags, attributes, properties, created_at, updated_at)
      values (${data.id}::uuid, ${data.id}, ${data.name}, '{}', '{}', '{}', '{}', ${data.createdAt}, ${data.createdAt})`
    return { ...row, recurringEvents: [] }
  },
  update: async (tx: Transaction, id: string, data: Prisma.BotUncheckedUpdateInput): Promise<BotRow> =>
    withRecord(tx, await tx.bot.update({ where: { id }, data, ...BOT })),
  /** Its name and whose it is, held against other changes; undefined when it is not within reach. */
  holdCreator: async (
    { workspaceId, caller }: WorkspaceContext,
    rows: Db['rows'],
    id: string,
  ): Promise<Creation | undefined> =>
    isUuid(id)
      ? (await rows<Creation>(HOLD_CREATOR, [id, workspaceId, selectedAs(caller, workspaceId)]))[0]
      : undefined,
  /**
   * Puts it, held, into another workspace. Who was selected for it there is nobody here; where only selected members have
   * it, the caller is one.
   * @returns false when that workspace has just been deleted
   */
  move: async ({ caller, clock }: WorkspaceContext, rows: Db['rows'], id: string, to: string): Promise<boolean> => {
    await rows(DESELECT_ALL, [id])
    const accountId = caller.kind === 'account' ? caller.accountId : null
    return (await rows(MOVE, [id, to, clock.now(), accountId])).length > 0
  },
  /** With all that has no foreign key to it. */
  delete: async (rows: Db['rows'], id: string): Promise<void> => {
    await holdBackDeliveries(rows, id)
    for (const statement of DELETE) await rows(statement, [id])
  },
}

/** How its recurring events have gone is kept apart from what it declares. */
const withRecord = async (tx: Pick<Transaction, 'recurringEvent'>, row: BotWithInstallations): Promise<BotRow> => ({
  ...row,
  recurringEvents: await tx.recurringEvent.findMany({ where: { botId: row.id } }),
})

type Creation = { name: string; createdBy: string | null }

const HOLD_CREATOR: Statement = {
  name: 'bots.hold-creator',
  text: `
    select b.name, b.created_by as "createdBy" from bots b
    where b.id = $1 and b.workspace_id = $2 and ${withinReachSql('$3')} for update of b`,
}

const DESELECT_ALL: Statement = {
  name: 'bots.deselect-all',
  text: 'delete from bot_allowlist_entries where bot_id = $1',
}

const MOVE: Statement = {
  name: 'bots.move',
  text: `
    with home as materialized (select id from workspaces where id = $2 for key share),
    moved as (
      update bots b set workspace_id = h.id, updated_at = $3 from home h where b.id = $1
      returning b.id, b.workspace_id, b.allowlist),
    selected as (
      insert into bot_allowlist_entries (bot_id, member_id)
      select b.id, m.id from moved b join workspace_members m on m.workspace_id = b.workspace_id
      where b.allowlist = 'SELECTED_USERS' and m.account_id = $4 for key share of m)
    select id from moved`,
}

/**
 * Conversations and users first, as whoever writes into one holds it before anything else, and deliveries before events, as
 * whoever lines up, cancels or repeats one holds them: nobody waits in a circle. Tags last, as the others leave theirs to triggers.
 */
const RUNTIME_TABLES = [
  'conversations',
  'users',
  'participants',
  'messages',
  'states',
  'deliveries',
  'delivery_attempts',
  'events',
  'recurring_events',
  'analytics_counts',
  'analytics_deleted_counts',
  'analytics_deleted_talks',
  'analytics_deleted_users',
  'bot_logs',
  'bot_issues',
  'bot_issue_events',
  'action_runs',
  'action_answers',
  'storage_files',
  'tags',
] as const

const DELETE: readonly Statement[] = [
  { name: 'bots.delete', text: 'delete from bots where id = $1' },
  { name: 'bots.delete.idempotency_keys', text: 'delete from idempotency_keys where tenant_id = $1' },
  ...RUNTIME_TABLES.map((table) => ({
    name: `bots.delete.${table}`,
    text: `delete from ${table} where bot_id = $1`,
  })),
]
