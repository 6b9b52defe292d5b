import type { Prisma, Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { isUuid } from '../ids.ts'
import type { BotRow } from './bot.mapper.ts'

const include = {
  installations: {
    where: { removedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { integration: { include: { family: { select: { name: true } } } } },
  },
} as const satisfies Prisma.BotInclude

/** Everything that belongs to a bot and has no foreign key; tags go last, as the others leave theirs to triggers. */
const RUNTIME_TABLES = ['participants', 'states', 'events', 'messages', 'conversations', 'users', 'tags'] as const

/** Rows of `bots`, nothing else. */
export const botRepository = {
  find: async (
    { workspaceId, db }: WorkspaceContext,
    id: string,
    tx: Pick<Transaction, 'bot'> = db.prisma,
  ): Promise<BotRow | null> => (isUuid(id) ? tx.bot.findFirst({ where: { id, workspaceId }, include }) : null),
  /** The same, held against other changes until the transaction ends. */
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
    const row = await tx.bot.create({ data, include })
    await tx.$executeRaw`
      insert into users (bot_id, id, name, integration_tags, bot_tags, attributes, properties, created_at, updated_at)
      values (${data.id}::uuid, ${data.id}, ${data.name}, '{}', '{}', '{}', '{}', ${data.createdAt}, ${data.createdAt})`
    return row
  },
  update: (tx: Transaction, id: string, data: Prisma.BotUncheckedUpdateInput): Promise<BotRow> =>
    tx.bot.update({ where: { id }, data, include }),
  delete: async (tx: Transaction, id: string): Promise<void> => {
    await tx.bot.delete({ where: { id } })
    for (const table of RUNTIME_TABLES) await tx.$executeRawUnsafe(`delete from ${table} where bot_id = $1::uuid`, id)
  },
}
