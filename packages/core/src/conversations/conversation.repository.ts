import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import type { TagChange, TagMatch } from '../tags/index.ts'
import type { ConversationRow } from './conversation.mapper.ts'

/** A conversation that is about to be written. */
export type ConversationDraft = {
  id: string
  installationId: string
  channel: string
  integrationTags: Record<string, string>
  botTags: Record<string, string>
  properties: Record<string, string>
}

export type ConversationPatch = {
  /** the installation whose tags are changed; the conversation must be its */
  tagsOf: string | undefined
  /** JSON: which tags that installation declares on which channel */
  declared: string | null
  integrationTags: TagChange
  botTags: TagChange
  properties: TagChange
  currentTaskId: string | undefined
}

const INSERT: Statement = {
  name: 'conversations.insert',
  text: `
    insert into conversations (bot_id, id, installation_id, channel, integration_tags, bot_tags, properties, message_count, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8)
    returning *`,
}

const GET_OR_CREATE: Statement = {
  name: 'conversations.get-or-create',
  text: `
    select g.created, (g.found).*
    from get_or_create_conversation($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) g`,
}

const FIND: Statement = {
  name: 'conversations.find',
  text: 'select * from conversations where bot_id = $1 and id = $2 and ($3::uuid is null or installation_id = $3)',
}

const UPDATE: Statement = {
  name: 'conversations.update',
  text: `
    update conversations set
      integration_tags = (integration_tags || $6::jsonb) - $7::text[],
      bot_tags = (bot_tags || $8::jsonb) - $9::text[],
      properties = (properties || $10::jsonb) - $11::text[],
      current_task_id = coalesce($12, current_task_id),
      updated_at = $13
    where bot_id = $1 and id = $2 and ($3::uuid is null or installation_id = $3) and ($4::uuid is null or installation_id = $4)
      and not exists (select from jsonb_object_keys($6::jsonb) k where not coalesce($5::jsonb -> channel ? k, false))
    returning *`,
}

const DELETE: Statement = { name: 'conversations.delete', text: 'select * from delete_conversation($1, $2, $3)' }

const json = JSON.stringify

/** Rows of `conversations`, nothing else. */
export const conversationRepository = {
  insert: (ctx: BotContext, draft: ConversationDraft): Promise<ConversationRow> =>
    ctx.db.one<ConversationRow>(INSERT, [
      ...[ctx.bot.id, draft.id, draft.installationId, draft.channel],
      ...[json(draft.integrationTags), json(draft.botTags), json(draft.properties), ctx.clock.now()],
    ]),
  getOrCreate: (
    ctx: BotContext,
    draft: ConversationDraft,
    match: TagMatch,
  ): Promise<ConversationRow & { created: boolean }> =>
    ctx.db.one<ConversationRow & { created: boolean }>(GET_OR_CREATE, [
      ...[ctx.bot.id, ctx.installation?.id ?? null, draft.installationId, draft.channel],
      ...[json(draft.integrationTags), json(draft.botTags), json(match.integrationTags), json(match.botTags)],
      ...[match.some, json(draft.properties), draft.id, ctx.clock.now()],
    ]),
  find: (ctx: BotContext, id: string): Promise<ConversationRow | undefined> =>
    ctx.db.row<ConversationRow>(FIND, [ctx.bot.id, id, ctx.installation?.id ?? null]),
  update: (ctx: BotContext, id: string, patch: ConversationPatch): Promise<ConversationRow | undefined> =>
    ctx.db.row<ConversationRow>(UPDATE, [
      ...[ctx.bot.id, id, ctx.installation?.id ?? null, patch.tagsOf ?? null, patch.declared],
      ...[patch.integrationTags, patch.botTags, patch.properties].flatMap(({ set, unset }) => [json(set), unset]),
      ...[patch.currentTaskId ?? null, ctx.clock.now()],
    ]),
  delete: (ctx: BotContext, id: string): Promise<ConversationRow | undefined> =>
    ctx.db.row<ConversationRow>(DELETE, [ctx.bot.id, ctx.installation?.id ?? null, id]),
}
