import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import type { TagChange, TagMatch } from '../tags/index.ts'
import type { UserRow } from './user.mapper.ts'

/** A user that is about to be written. */
export type UserDraft = {
  id: string
  installationId: string | null
  name: string | null
  pictureUrl: string | null
  integrationTags: Record<string, string>
  botTags: Record<string, string>
  attributes: Record<string, string>
  properties: Record<string, string>
}

export type UserPatch = {
  /** the installation whose tags are changed; the user must be its */
  tagsOf: string | undefined
  integrationTags: TagChange
  botTags: TagChange
  attributes: TagChange
  properties: TagChange
  /** undefined leaves it as it is, null removes it */
  name: string | null | undefined
  pictureUrl: string | null | undefined
}

const INSERT: Statement = {
  name: 'users.insert',
  text: `
    insert into users (bot_id, id, installation_id, name, picture_url, integration_tags, bot_tags, attributes, properties, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
    returning *`,
}

const GET_OR_CREATE: Statement = {
  name: 'users.get-or-create',
  text: `
    select g.created, (g.found).*
    from get_or_create_user($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) g`,
}

// An integration sees its own users, and the bot itself.
const FIND: Statement = {
  name: 'users.find',
  text: `
    select * from users
    where bot_id = $1 and id = $2 and ($3::uuid is null or installation_id = $3 or id = $1::text)`,
}

const UPDATE: Statement = {
  name: 'users.update',
  text: `
    update users set
      integration_tags = (integration_tags || $5::jsonb) - $6::text[],
      bot_tags = (bot_tags || $7::jsonb) - $8::text[],
      attributes = (attributes || $9::jsonb) - $10::text[],
      properties = (properties || $11::jsonb) - $12::text[],
      name = case when $13::boolean then $14 else name end,
      picture_url = case when $15::boolean then $16 else picture_url end,
      updated_at = $17
    where bot_id = $1 and id = $2 and ($3::uuid is null or installation_id = $3) and ($4::uuid is null or installation_id = $4)
    returning *`,
}

const DELETE: Statement = { name: 'users.delete', text: 'select * from delete_user($1, $2, $3)' }

const json = JSON.stringify

/** Rows of `users`, nothing else. */
export const userRepository = {
  insert: (ctx: BotContext, draft: UserDraft): Promise<UserRow> =>
    ctx.db.one<UserRow>(INSERT, [
      ...[ctx.bot.id, draft.id, draft.installationId, draft.name, draft.pictureUrl],
      ...[...jsonOf(draft), ctx.clock.now()],
    ]),
  getOrCreate: (ctx: BotContext, draft: UserDraft, match: TagMatch): Promise<UserRow & { created: boolean }> => {
    const [integrationTags, botTags, attributes, properties] = jsonOf(draft)
    return ctx.db.one<UserRow & { created: boolean }>(GET_OR_CREATE, [
      ...[ctx.bot.id, ctx.installation?.id ?? null, draft.installationId],
      ...[integrationTags, botTags, json(match.integrationTags), json(match.botTags), match.some],
      ...[draft.name, draft.pictureUrl, attributes, properties, draft.id, ctx.clock.now()],
    ])
  },
  find: (ctx: BotContext, id: string): Promise<UserRow | undefined> =>
    ctx.db.row<UserRow>(FIND, [ctx.bot.id, id, ctx.installation?.id ?? null]),
  update: (ctx: BotContext, id: string, patch: UserPatch): Promise<UserRow | undefined> =>
    ctx.db.row<UserRow>(UPDATE, [
      ...[ctx.bot.id, id, ctx.installation?.id ?? null, patch.tagsOf ?? null],
      ...[patch.integrationTags, patch.botTags, patch.attributes, patch.properties].flatMap(({ set, unset }) => [
        json(set),
        unset,
      ]),
      ...[patch.name !== undefined, patch.name ?? null, patch.pictureUrl !== undefined, patch.pictureUrl ?? null],
      ctx.clock.now(),
    ]),
  delete: (ctx: BotContext, id: string): Promise<UserRow | undefined> =>
    ctx.db.row<UserRow>(DELETE, [ctx.bot.id, ctx.installation?.id ?? null, id]),
}

const jsonOf = (draft: UserDraft) =>
  [draft.integrationTags, draft.botTags, draft.attributes, draft.properties].map((map) => json(map))
