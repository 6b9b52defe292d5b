import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import type { UserRow } from '../users/index.ts'

// The conversation is held against deletion while somebody joins it. `author` and `home` tell what is missing, if anything.
const ADD: Statement = {
  name: 'participants.add',
  text: `
    with home as (
      select id, installation_id from conversations
      where bot_id = $1 and id = $3 and ($2::uuid is null or installation_id = $2) for key share),
    person as (
      select * from users
      where bot_id = $1 and id = $4 and ($2::uuid is null or installation_id = $2 or id = $1::text)),
    joined as (
      insert into participants (bot_id, conversation_id, user_id, created_at)
      select $1, h.id, p.id, $5 from home h, person p
      where p.installation_id is null or p.installation_id = h.installation_id
      on conflict do nothing)
    select exists (select from home) as has_home, (select h.installation_id <> p.installation_id from home h, person p) as stranger, person.*
    from (values (1)) one left join person on true`,
}

const FIND: Statement = {
  name: 'participants.find',
  text: `
    select u.* from participants p
    join users u on u.bot_id = p.bot_id and u.id = p.user_id
    join conversations c on c.bot_id = p.bot_id and c.id = p.conversation_id
    where p.bot_id = $1 and p.conversation_id = $3 and p.user_id = $4 and ($2::uuid is null or c.installation_id = $2)`,
}

const REMOVE: Statement = {
  name: 'participants.remove',
  text: `
    delete from participants p using conversations c
    where p.bot_id = $1 and p.conversation_id = $3 and p.user_id = $4
      and c.bot_id = p.bot_id and c.id = p.conversation_id and ($2::uuid is null or c.installation_id = $2)
    returning p.user_id`,
}

const KEEP_ONLY: Statement = {
  name: 'participants.keep-only',
  text: 'delete from participants where bot_id = $1 and conversation_id = $2 and user_id <> all ($3::text[])',
}

/** What came of adding somebody: the user, or what stood in the way. */
export type Joining = UserRow & { has_home: boolean; stranger: boolean | null; id: string | null }

const caller = (ctx: BotContext) => [ctx.bot.id, ctx.installation?.id ?? null]

/** Rows of `participants`, nothing else. */
export const participantRepository = {
  add: (ctx: BotContext, conversationId: string, userId: string): Promise<Joining> =>
    ctx.db.one<Joining>(ADD, [...caller(ctx), conversationId, userId, ctx.clock.now()]),
  find: (ctx: BotContext, conversationId: string, userId: string): Promise<UserRow | undefined> =>
    ctx.db.row<UserRow>(FIND, [...caller(ctx), conversationId, userId]),
  remove: (ctx: BotContext, conversationId: string, userId: string): Promise<{ user_id: string } | undefined> =>
    ctx.db.row(REMOVE, [...caller(ctx), conversationId, userId]),
  keepOnly: (ctx: BotContext, conversationId: string, userIds: readonly string[]): Promise<object[]> =>
    ctx.db.rows(KEEP_ONLY, [ctx.bot.id, conversationId, userIds]),
}
