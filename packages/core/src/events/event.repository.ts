import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import type { EventRow } from './event.mapper.ts'

/** An event that is about to be written. */
export type EventDraft = {
  id: string
  type: string
  payload: Record<string, unknown>
  conversationId: string | undefined
  userId: string | undefined
  messageId: string | undefined
  scheduledAt: Date | undefined
}

/** The event, or which of the things it names is not there. */
export type Written = EventRow & { missing: 'conversationId' | 'userId' | 'messageId' | null }

// What the event names is checked and held in the statement that writes it. Workflows are not kept yet: none is there.
const INSERT: Statement = {
  name: 'events.insert',
  text: `
    with verdict as (
      select case
        when $5::text is not null and not exists (
          select from conversations where bot_id = $1 and id = $5 and ($3::uuid is null or installation_id = $3)) then 'conversationId'
        when $6::text is not null and not exists (
          select from users where bot_id = $1 and id = $6 and ($3::uuid is null or installation_id = $3 or id = $1::text)) then 'userId'
        when $7::text is not null and not exists (
          select from messages where bot_id = $1 and id = $7 and ($3::uuid is null or installation_id = $3)) then 'messageId'
      end as missing),
    made as (
      insert into events (bot_id, id, installation_id, type, conversation_id, user_id, message_id, payload, status, scheduled_at, created_at, updated_at)
      select $1, $2, $3, $4, $5, $6, $7, $8, case when $9::timestamptz is null then 'pending' else 'scheduled' end, $9, $10, $10
      from verdict where missing is null
      returning *),
    owed as (
      insert into deliveries (bot_id, id, target, installation_id, conversation_id, status, due_at, created_at, updated_at)
      select m.bot_id, m.id, 'bot', m.installation_id, m.conversation_id, case when $9::timestamptz is null then 'queued' else 'waiting' end,
        coalesce($9, $10), $10, $10
      from made m)
    select v.missing, m.* from verdict v left join made m on true`,
}

/** Everything an event is read with: what a message_created is put together from comes along. */
export const EVENT_SOURCE = `
  select e.*,
    case when e.payload is null then to_json(m) end as message,
    case when e.payload is null then to_json(c) end as conversation,
    case when e.payload is null then to_json(u) end as author
  from events e
  left join messages m on e.payload is null and m.bot_id = e.bot_id and m.id = e.message_id
  left join conversations c on e.payload is null and c.bot_id = e.bot_id and c.id = e.conversation_id
  left join users u on e.payload is null and u.bot_id = e.bot_id and u.id = e.user_id`

const FIND: Statement = {
  name: 'events.find',
  text: `${EVENT_SOURCE} where e.bot_id = $1 and e.id = $2 and ($3::uuid is null or e.installation_id = $3)`,
}

// Whoever fires the event takes its delivery out of waiting: of the two, one finds it there.
const CANCEL: Statement = {
  name: 'events.cancel',
  text: `
    with stopped as (
      update deliveries set status = 'canceled', updated_at = $4
      where bot_id = $1 and id = $2 and ($3::uuid is null or installation_id = $3) and target = 'bot' and status = 'waiting' and attempts = 0
      returning bot_id, id)
    update events e set status = 'canceled', updated_at = $4
    from stopped s where e.bot_id = s.bot_id and e.id = s.id
    returning e.id`,
}

/** Rows of `events`, nothing else. */
export const eventRepository = {
  insert: (ctx: BotContext, draft: EventDraft): Promise<Written> =>
    ctx.db.one<Written>(INSERT, [
      ...[ctx.bot.id, draft.id, ctx.installation?.id ?? null, draft.type],
      ...[draft.conversationId ?? null, draft.userId ?? null, draft.messageId ?? null],
      ...[JSON.stringify(draft.payload), draft.scheduledAt ?? null, ctx.clock.now()],
    ]),
  find: (ctx: BotContext, id: string): Promise<EventRow | undefined> =>
    ctx.db.row<EventRow>(FIND, [ctx.bot.id, id, ctx.installation?.id ?? null]),
  /** @returns whether it was still scheduled */
  cancel: async (ctx: BotContext, id: string): Promise<boolean> =>
    (await ctx.db.row(CANCEL, [ctx.bot.id, id, ctx.installation?.id ?? null, ctx.clock.now()])) !== undefined,
}
