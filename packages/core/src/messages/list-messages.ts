import type { Message, PageQuery } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type Fragment, fragment, readPage } from '../pages/index.ts'
import { taggedRows } from '../tags/index.ts'
import { type MessageRow, toMessage } from './message.mapper.ts'

export type MessageFilter = PageQuery & {
  conversationId?: string | undefined
  tags?: Record<string, string> | undefined
  afterDate?: Date | undefined
  beforeDate?: Date | undefined
}

/** The caller's messages, newest first. @throws InvalidQuery for a token of another list */
export const listMessages = async (
  ctx: BotContext,
  { nextToken, pageSize, ...filter }: MessageFilter,
): Promise<{ messages: Message[]; meta: { nextToken?: string } }> => {
  const source = sourceOf(ctx, filter)
  const { rows, meta } = await readPage<MessageRow>(
    ctx,
    { nextToken, pageSize },
    {
      name: 'messages.list',
      from: source.from,
      where: [...source.where, ...conditions(ctx, filter)],
      sortBy: source.createdAt,
      seq: source.seq,
      direction: 'desc',
      positionOf: (row: MessageRow) => ({ value: row.created_at, seq: row.seq }),
      frozen: [ctx.bot.id, ctx.installation?.id, filter],
    },
  )
  return { messages: rows.map((row) => toMessage(ctx, row)), meta }
}

type Filter = Omit<MessageFilter, 'nextToken' | 'pageSize'>

const sourceOf = (ctx: BotContext, { tags }: Filter) => {
  if (!tags || Object.keys(tags).length === 0)
    return {
      from: fragment('select o.* from messages o'),
      where: [fragment('o.bot_id = {}::uuid', ctx.bot.id)],
      createdAt: 'o.created_at',
      seq: 'o.seq',
    }
  return taggedRows(ctx, { kind: 'message', table: 'messages' }, tags, ctx.bot.messageTags)
}

const conditions = (ctx: BotContext, { conversationId, afterDate, beforeDate }: Filter): Fragment[] => [
  ...(ctx.installation ? [fragment('o.installation_id = {}::uuid', ctx.installation.id)] : []),
  ...(conversationId === undefined ? [] : [fragment('o.conversation_id = {}', conversationId)]),
  ...(afterDate ? [fragment('o.created_at >= {}::timestamptz', afterDate)] : []),
  ...(beforeDate ? [fragment('o.created_at <= {}::timestamptz', beforeDate)] : []),
]
