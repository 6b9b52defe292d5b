import type { Conversation, PageQuery } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type Fragment, fragment, readPage } from '../pages/index.ts'
import { taggedRows } from '../tags/index.ts'
import { type ConversationRow, toConversation } from './conversation.mapper.ts'

export type ConversationFilter = PageQuery & {
  tags?: Record<string, string> | undefined
  participantIds?: string[] | undefined
  integrationName?: string | undefined
  channel?: string | undefined
  afterDate?: Date | undefined
  beforeDate?: Date | undefined
  minMessageCount?: number | undefined
  maxMessageCount?: number | undefined
  sortField?: 'createdAt' | 'updatedAt' | undefined
  sortDirection?: 'asc' | 'desc' | undefined
}

/** The caller's conversations, newest first unless told. @throws InvalidQuery for a token of another list */
export const listConversations = async (
  ctx: BotContext,
  { nextToken, pageSize, ...filter }: ConversationFilter,
): Promise<{ conversations: Conversation[]; meta: { nextToken?: string } }> => {
  const source = sourceOf(ctx, filter)
  const byUpdate = filter.sortField === 'updatedAt'
  const { rows, meta } = await readPage<ConversationRow>(
    ctx,
    { nextToken, pageSize },
    {
      name: 'conversations.list',
      from: source.from,
      where: [...source.where, ...conditions(ctx, filter)],
      sortBy: byUpdate ? 'o.updated_at' : source.createdAt,
      seq: byUpdate ? 'o.seq' : source.seq,
      direction: filter.sortDirection ?? 'desc',
      positionOf: (row: ConversationRow) => ({ value: byUpdate ? row.updated_at : row.created_at, seq: row.seq }),
      frozen: [ctx.bot.id, ctx.installation?.id, filter],
    },
  )
  return { conversations: rows.map((row) => toConversation(ctx, row)), meta }
}

type Filter = Omit<ConversationFilter, 'nextToken' | 'pageSize'>

const sourceOf = (ctx: BotContext, { tags, participantIds: [first] = [] }: Filter) => {
  const order = { createdAt: 'o.created_at', seq: 'o.seq' }
  if (tags && Object.keys(tags).length > 0)
    return taggedRows(ctx, { kind: 'conversation', table: 'conversations' }, tags, ctx.bot.conversationTags)
  const ofBot = fragment('o.bot_id = {}::uuid', ctx.bot.id)
  if (first === undefined) return { from: fragment('select o.* from conversations o'), where: [ofBot], ...order }
  // Somebody takes part in few conversations: from the participations to them, not the other way round.
  return {
    from: fragment(
      'select o.* from participants p join conversations o on o.bot_id = p.bot_id and o.id = p.conversation_id',
    ),
    where: [ofBot, fragment('p.bot_id = {}::uuid and p.user_id = {}', ctx.bot.id, first)],
    ...order,
  }
}

const conditions = (ctx: BotContext, filter: Filter): Fragment[] => {
  const tagged = Object.keys(filter.tags ?? {}).length > 0
  const others = tagged ? (filter.participantIds ?? []) : (filter.participantIds ?? []).slice(1)
  const when = <T>(value: T | undefined, sql: string): Fragment[] => (value === undefined ? [] : [fragment(sql, value)])
  return [
    ...when(ctx.installation?.id, 'o.installation_id = {}::uuid'),
    ...when(integrationIds(ctx, filter.integrationName), 'o.installation_id = any({}::uuid[])'),
    ...when(filter.channel, 'o.channel = {}'),
    ...when(filter.afterDate, 'o.created_at >= {}::timestamptz'),
    ...when(filter.beforeDate, 'o.created_at <= {}::timestamptz'),
    ...when(filter.minMessageCount, 'o.message_count >= {}::float8'),
    ...when(filter.maxMessageCount, 'o.message_count <= {}::float8'),
    ...when(
      others.length > 0 ? [...new Set(others)] : undefined,
      `not exists (
        select from unnest({}::text[]) as wanted (user_id)
        where not exists (
          select from participants p
          where p.bot_id = o.bot_id and p.conversation_id = o.id and p.user_id = wanted.user_id))`,
    ),
  ]
}

/** The installations meant by the name of an integration or an alias; removed ones keep their conversations. */
const integrationIds = (ctx: BotContext, name: string | undefined): string[] | undefined =>
  name === undefined
    ? undefined
    : ctx.bot.installations
        .filter(({ alias, integrationName }) => alias === name || integrationName === name)
        .map(({ id }) => id)
