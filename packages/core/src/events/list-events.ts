import type { Event, PageQuery } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type Fragment, fragment, readPage } from '../pages/index.ts'
import { type EventRow, MESSAGE_CREATED, toEvent } from './event.mapper.ts'
import { EVENT_SOURCE } from './event.repository.ts'

export type EventFilter = PageQuery & {
  type?: string | undefined
  conversationId?: string | undefined
  userId?: string | undefined
  messageId?: string | undefined
  workflowId?: string | undefined
  status?: Event['status'] | undefined
}

/** The events the caller sees, newest first: an integration those it left. @throws InvalidQuery for a token of another list */
export const listEvents = async (
  ctx: BotContext,
  { nextToken, pageSize, ...filter }: EventFilter,
): Promise<{ events: Event[]; meta: { nextToken?: string } }> => {
  const { rows, meta } = await readPage<EventRow>(
    ctx,
    { nextToken, pageSize },
    {
      name: 'events.list',
      from: fragment(EVENT_SOURCE),
      where: [fragment('e.bot_id = {}::uuid', ctx.bot.id), ...conditions(ctx, filter)],
      sortBy: 'e.created_at',
      seq: 'e.seq',
      direction: 'desc',
      positionOf: (row: EventRow) => ({ value: row.created_at, seq: row.seq }),
      frozen: [ctx.bot.id, ctx.installation?.id, filter],
    },
  )
  return { events: rows.map((row) => toEvent(ctx, row)), meta }
}

const conditions = (ctx: BotContext, filter: Omit<EventFilter, 'nextToken' | 'pageSize'>): Fragment[] => {
  const when = (value: string | undefined, sql: string): Fragment[] =>
    value === undefined ? [] : [fragment(sql, value)]
  return [
    ...when(ctx.installation?.id, 'e.installation_id = {}::uuid'),
    ...typed(ctx, filter.type),
    ...when(filter.conversationId, 'e.conversation_id = {}'),
    ...when(filter.userId, 'e.user_id = {}'),
    ...when(filter.messageId, 'e.message_id = {}'),
    ...when(filter.workflowId, 'e.workflow_id = {}'),
    ...when(filter.status, 'e.status = {}'),
  ]
}

/** A type by the name this caller uses for it. */
const typed = (ctx: BotContext, name: string | undefined): Fragment[] => {
  if (name === undefined) return []
  if (ctx.installation || name === MESSAGE_CREATED) return [fragment('e.type = {}', name)]
  const [alias, ...rest] = name.split(':')
  const owner = rest.length > 0 ? ctx.bot.installations.find((one) => one.alias === alias) : undefined
  return owner
    ? [fragment('e.type = {} and e.installation_id = {}::uuid', rest.join(':'), owner.id)]
    : [fragment('e.type = {} and e.installation_id is null', name)]
}
