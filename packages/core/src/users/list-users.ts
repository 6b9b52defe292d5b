import type { PageQuery, User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type Fragment, fragment, readPage } from '../pages/index.ts'
import { taggedRows } from '../tags/index.ts'
import { toUser, type UserRow } from './user.mapper.ts'

export type UserFilter = PageQuery & {
  conversationId?: string | undefined
  tags?: Record<string, string> | undefined
  afterDate?: Date | undefined
  beforeDate?: Date | undefined
  rangeField?: 'createdAt' | 'updatedAt' | undefined
  sortField?: 'createdAt' | 'updatedAt' | undefined
  sortDirection?: 'asc' | 'desc' | undefined
}

/** The caller's users, newest first unless told. @throws InvalidQuery for a token of another list */
export const listUsers = async (
  ctx: BotContext,
  { nextToken, pageSize, ...filter }: UserFilter,
): Promise<{ users: User[]; meta: { nextToken?: string } }> => {
  const source = sourceOf(ctx, filter)
  const byUpdate = filter.sortField === 'updatedAt'
  const { rows, meta } = await readPage<UserRow>(
    ctx,
    { nextToken, pageSize },
    {
      name: 'users.list',
      from: source.from,
      where: [...source.where, ...conditions(ctx, filter)],
      sortBy: byUpdate ? 'o.updated_at' : source.createdAt,
      seq: byUpdate ? 'o.seq' : source.seq,
      direction: filter.sortDirection ?? 'desc',
      positionOf: (row: UserRow) => ({ value: byUpdate ? row.updated_at : row.created_at, seq: row.seq }),
      frozen: [ctx.bot.id, ctx.installation?.id, filter],
    },
  )
  return { users: rows.map((row) => toUser(ctx, row)), meta }
}

type Filter = Omit<UserFilter, 'nextToken' | 'pageSize'>

const sourceOf = (ctx: BotContext, { tags, conversationId }: Filter) => {
  const order = { createdAt: 'o.created_at', seq: 'o.seq' }
  if (tags && Object.keys(tags).length > 0) {
    const tagged = taggedRows(ctx, { kind: 'user', table: 'users' }, tags, ctx.bot.userTags)
    return { ...tagged, where: [...tagged.where, ...inConversation(conversationId)] }
  }
  if (conversationId === undefined) return { from: fragment('select o.* from users o'), where: [ofBot(ctx)], ...order }
  // A conversation has few participants: from them to the users, not the other way round.
  return {
    from: fragment('select o.* from participants p join users o on o.bot_id = p.bot_id and o.id = p.user_id'),
    where: [ofBot(ctx), fragment('p.bot_id = {}::uuid and p.conversation_id = {}', ctx.bot.id, conversationId)],
    ...order,
  }
}

const ofBot = (ctx: BotContext): Fragment => fragment('o.bot_id = {}::uuid', ctx.bot.id)

const inConversation = (conversationId: string | undefined): Fragment[] =>
  conversationId === undefined
    ? []
    : [
        fragment(
          'exists (select from participants p where p.bot_id = o.bot_id and p.conversation_id = {} and p.user_id = o.id)',
          conversationId,
        ),
      ]

const conditions = (ctx: BotContext, { afterDate, beforeDate, rangeField }: Filter): Fragment[] => {
  const ranged = rangeField === 'updatedAt' ? 'o.updated_at' : 'o.created_at'
  return [
    ...(ctx.installation ? [fragment('o.installation_id = {}::uuid', ctx.installation.id)] : []),
    ...(afterDate ? [fragment(`${ranged} >= {}::timestamptz`, afterDate)] : []),
    ...(beforeDate ? [fragment(`${ranged} <= {}::timestamptz`, beforeDate)] : []),
  ]
}
