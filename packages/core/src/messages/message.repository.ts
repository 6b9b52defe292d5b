import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import { NO_MATCH, type TagChange, type TagMatch } from '../tags/index.ts'
import type { Heard, SaidRow } from './heard.rules.ts'
import type { MessageRow } from './message.mapper.ts'

/** A message that is about to be written. */
export type MessageDraft = {
  id: string
  /** id of the event that wakes the bot, if it comes to that */
  eventId: string
  conversationId: string
  userId: string
  type: string
  payload: Record<string, unknown> | undefined
  origin: 'synthetic' | undefined
  scheduledAt: Date | undefined
  /** the installation whose tags these are; the conversation must be its */
  tagsOf: string | undefined
  integrationTags: Record<string, string>
  /** JSON: which tags that installation declares on which channel */
  declared: string | null
  botTags: Record<string, string>
}

/** Why a message was not written. */
export type Refusal = 'conversation' | 'user' | 'relation' | 'tags'

/** The message, or what stood in its way. */
export type Written = MessageRow & { refusal: Refusal | null }

/** A row to be made, unless one that is there matches. */
export type Wanted<Draft> = { draft: Draft; match: TagMatch | undefined }

/** A message of the past, or which one of the list, counted from 1, was refused, and why. */
export type Imported = Written & { place: number }

export type MessagePatch = {
  tagsOf: string | undefined
  declared: string | null
  integrationTags: TagChange
  botTags: TagChange
  payload: Record<string, unknown> | undefined
}

const CREATE: Statement = {
  name: 'messages.create',
  text: `
    select c.refusal, (c.message).*
    from create_message($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) c`,
}

const GET_OR_CREATE: Statement = {
  name: 'messages.get-or-create',
  text: `
    select g.created, g.refusal, (g.message).*
    from get_or_create_message($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) g`,
}

const IMPORT: Statement = {
  name: 'messages.import',
  text: 'select i.place, i.refusal, (i.message).* from import_messages($1, $2, $3, $4) i',
}

const FIND: Statement = {
  name: 'messages.find',
  text: 'select * from messages where bot_id = $1 and id = $2 and ($3::uuid is null or installation_id = $3)',
}

const UPDATE: Statement = {
  name: 'messages.update',
  text: `
    update messages m set
      integration_tags = (m.integration_tags || $6::jsonb) - $7::text[],
      bot_tags = (m.bot_tags || $8::jsonb) - $9::text[],
      payload = coalesce($10::json, m.payload),
      updated_at = $11
    from conversations c
    where m.bot_id = $1 and m.id = $2 and ($3::uuid is null or m.installation_id = $3) and ($4::uuid is null or m.installation_id = $4)
      and c.bot_id = m.bot_id and c.id = m.conversation_id
      and not exists (select from jsonb_object_keys($6::jsonb) k where not coalesce($5::jsonb -> c.channel ? k, false))
    returning m.*`,
}

// Two walks, each along an index of its own: what was passed over and has become due, then what is new.
const SAID: Statement = {
  name: 'messages.said',
  text: `
    (select m.*, true as late from messages m
      where m.bot_id = $1 and m.conversation_id = $2 and ($3::uuid is null or m.installation_id = $3)
        and m.seq <= $4 and (m.scheduled_at, m.seq) > ($5::timestamptz, $6::bigint) and m.scheduled_at <= $7
      order by m.scheduled_at, m.seq limit $8)
    union all
    (select m.*, false as late from messages m
      where m.bot_id = $1 and m.conversation_id = $2 and ($3::uuid is null or m.installation_id = $3)
        and m.seq > $4 and (m.scheduled_at is null or m.scheduled_at <= $7)
      order by m.seq limit $8)`,
}

const DELETE: Statement = { name: 'messages.delete', text: 'select * from delete_message($1, $2, $3)' }

const json = JSON.stringify

/** What a function that takes several is told of one that may be there already. */
export const wanted = <Draft extends object>({ draft, match = NO_MATCH }: Wanted<Draft>) => ({ ...draft, match })

const written = (ctx: BotContext, draft: MessageDraft) => [
  ...[ctx.bot.id, ctx.installation?.id ?? null, draft.conversationId, draft.userId, draft.id, draft.type],
  ...[
    json(draft.payload ?? {}),
    draft.tagsOf ?? null,
    json(draft.integrationTags),
    draft.declared,
    json(draft.botTags),
  ],
]

const issued = (ctx: BotContext, draft: MessageDraft) => [
  ...[draft.origin ?? null, draft.eventId, draft.scheduledAt ?? null, ctx.clock.now()],
]

/** Rows of `messages`, nothing else. */
export const messageRepository = {
  create: (ctx: BotContext, draft: MessageDraft): Promise<Written> =>
    ctx.db.one<Written>(CREATE, [...written(ctx, draft), ...issued(ctx, draft)]),
  getOrCreate: (ctx: BotContext, draft: MessageDraft, match: TagMatch): Promise<Written & { created: boolean }> =>
    ctx.db.one<Written & { created: boolean }>(GET_OR_CREATE, [
      ...written(ctx, draft),
      ...[json(match.integrationTags), json(match.botTags), match.some],
      ...issued(ctx, draft),
    ]),
  /** In the order of the list. */
  import: (ctx: BotContext, messages: readonly (Wanted<MessageDraft> & { createdAt: Date })[]): Promise<Imported[]> =>
    ctx.db.rows<Imported>(IMPORT, [
      ...[ctx.bot.id, ctx.installation?.id ?? null],
      ...[json(messages.map(({ createdAt, ...one }) => ({ ...wanted(one), createdAt }))), ctx.clock.now()],
    ]),
  find: (ctx: BotContext, id: string): Promise<MessageRow | undefined> =>
    ctx.db.row<MessageRow>(FIND, [ctx.bot.id, id, ctx.installation?.id ?? null]),
  /** What was said in a conversation since then, at most so many of what had been scheduled and of what is new. */
  said: (
    ctx: BotContext,
    conversationId: string,
    { seq, due, dueSeq }: Heard,
    { horizon, limit }: { horizon: Date; limit: number },
  ): Promise<SaidRow[]> =>
    ctx.db.rows<SaidRow>(SAID, [
      ...[ctx.bot.id, conversationId, ctx.installation?.id ?? null],
      ...[seq, new Date(due), dueSeq, horizon, limit],
    ]),
  update: (ctx: BotContext, id: string, patch: MessagePatch): Promise<MessageRow | undefined> =>
    ctx.db.row<MessageRow>(UPDATE, [
      ...[ctx.bot.id, id, ctx.installation?.id ?? null, patch.tagsOf ?? null, patch.declared],
      ...[patch.integrationTags, patch.botTags].flatMap(({ set, unset }) => [json(set), unset]),
      ...[patch.payload === undefined ? null : json(patch.payload), ctx.clock.now()],
    ]),
  delete: (ctx: BotContext, id: string): Promise<MessageRow | undefined> =>
    ctx.db.row<MessageRow>(DELETE, [ctx.bot.id, ctx.installation?.id ?? null, id]),
}
