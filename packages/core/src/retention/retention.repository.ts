import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'

// What is old, of the bot `$bot` and since `$before`. Whatever hangs on something goes first: deliveries with their attempts,
// then events, messages, and conversations in which nothing is left. So nothing goes while it is owed to somebody. The places
// in the indexes by bot and age are where it lies; the conditions after those keep out the few that are in use.
const OLD_DELIVERIES = (bot: string, before: string) => `
  from deliveries d
  where d.bot_id = ${bot} and d.created_at < ${before} and d.updated_at < ${before}
    and d.status in ('delivered', 'failed', 'ignored', 'canceled')`

const OLD_EVENTS = (bot: string, before: string) => `
  from events e
  where e.bot_id = ${bot} and e.created_at < ${before} and e.updated_at < ${before}
    and e.status in ('processed', 'failed', 'ignored', 'canceled')
    and not exists (select from deliveries d where d.bot_id = e.bot_id and d.id = e.id)`

// A message is put into its event when that is read. What was imported is as old as its conversation at most.
const OLD_MESSAGES = (bot: string, before: string) => `
  from messages m join conversations c on c.bot_id = m.bot_id and c.id = m.conversation_id
  where m.bot_id = ${bot} and m.created_at < ${before} and m.updated_at < ${before} and c.created_at < ${before}
    and not exists (select from deliveries d where d.bot_id = m.bot_id and d.id = m.id)
    and not exists (select from events e where e.bot_id = m.bot_id and e.message_id = m.id)`

// A state with an expiry ends by itself, and its bot is told.
const OLD_CONVERSATIONS = (bot: string, before: string) => `
  from conversations c
  where c.bot_id = ${bot} and c.created_at < ${before} and c.updated_at < ${before} and c.message_count = 0
    and not exists (select from messages m where m.bot_id = c.bot_id and m.conversation_id = c.id)
    and not exists (select from events e where e.bot_id = c.bot_id and e.conversation_id = c.id)
    and not exists (select from states s where s.bot_id = c.bot_id and s.type = 'conversation' and s.owner_id = c.id
      and (s.expires_at is not null or s.updated_at >= ${before}))`

// The oldest of each bot: asked only whether there is one, PostgreSQL gathers those of all bots first.
const OLDEST = (old: string, by: string) => `(select true ${old} order by ${by} limit 1)`

const BOTS: Statement = {
  name: 'retention.bots',
  text: `
    select b.id from bots b
    where b.id > $1 and coalesce(
      ${OLDEST(OLD_DELIVERIES('b.id', '$2'), 'd.created_at, d.seq')},
      ${OLDEST(OLD_EVENTS('b.id', '$2'), 'e.created_at, e.seq')},
      ${OLDEST(OLD_MESSAGES('b.id', '$2'), 'm.created_at, m.seq')},
      ${OLDEST(OLD_CONVERSATIONS('b.id', '$2'), 'c.updated_at, c.seq')},
      false)
    order by b.id limit $3`,
}

const PURGE_DELIVERIES: Statement = {
  name: 'retention.purge-deliveries',
  text: `
    with old as materialized (
      select d.id ${OLD_DELIVERIES('$1', '$2')} order by d.created_at, d.seq limit $3 for update of d skip locked),
    attempts as (
      delete from delivery_attempts a using old o where a.bot_id = $1 and a.delivery_id = o.id),
    gone as (
      delete from deliveries d using old o where d.bot_id = $1 and d.id = o.id returning d.id)
    select count(*)::int as gone from gone`,
}

const PURGE_EVENTS: Statement = {
  name: 'retention.purge-events',
  text: `
    with old as materialized (
      select e.id ${OLD_EVENTS('$1', '$2')} order by e.created_at, e.seq limit $3 for update of e skip locked),
    gone as (
      delete from events e using old o where e.bot_id = $1 and e.id = o.id returning e.id)
    select count(*)::int as gone from gone`,
}

// Conversations first, as everywhere; they count less afterwards.
const PURGE_MESSAGES: Statement = {
  name: 'retention.purge-messages',
  text: `
    with old as materialized (
      select m.id, m.conversation_id ${OLD_MESSAGES('$1', '$2')} order by m.created_at, m.seq limit $3),
    homes as materialized (
      select c.id from conversations c where c.bot_id = $1 and c.id in (select o.conversation_id from old o) for no key update skip locked),
    gone as (
      delete from messages m using old o join homes h on h.id = o.conversation_id
      where m.bot_id = $1 and m.id = o.id and m.updated_at < $2
      returning m.conversation_id),
    counted as (
      update conversations c set message_count = c.message_count - g.fewer
      from (select conversation_id, count(*) as fewer from gone group by 1) g
      where c.bot_id = $1 and c.id = g.conversation_id)
    select count(*)::int as gone from gone`,
}

const HOLD_CONVERSATIONS: Statement = {
  name: 'retention.hold-conversations',
  text: `select c.id ${OLD_CONVERSATIONS('$1', '$2')} order by c.updated_at, c.seq limit $3 for update of c skip locked`,
}

// Looked at once more, now that they are held: somebody may just have said something.
const PURGE_CONVERSATIONS: Statement = {
  name: 'retention.purge-conversations',
  text: `
    with old as materialized (
      select c.id ${OLD_CONVERSATIONS('$1', '$2')} and c.id = any ($3)),
    participants as (
      delete from participants p using old o where p.bot_id = $1 and p.conversation_id = o.id),
    states as (
      delete from states s using old o where s.bot_id = $1 and s.type = 'conversation' and s.owner_id = o.id),
    gone as (
      delete from conversations c using old o where c.bot_id = $1 and c.id = o.id returning c.id)
    select count(*)::int as gone from gone`,
}

type Gone = { gone: number }
type Purge = (platform: PlatformContext, botId: string, before: Date, atMost: number) => Promise<number>

const purge =
  (statement: Statement): Purge =>
  async ({ db }, botId, before, atMost) =>
    (await db.one<Gone>(statement, [botId, before, atMost])).gone

const purgeConversations: Purge = ({ db }, botId, before, atMost) =>
  db.atomically(async (rows) => {
    const held = await rows<{ id: string }>(HOLD_CONVERSATIONS, [botId, before, atMost])
    if (held.length === 0) return 0
    const [row] = await rows<Gone>(PURGE_CONVERSATIONS, [botId, before, held.map(({ id }) => id)])
    return row?.gone ?? 0
  })

/** What is kept for a time only, of all tables it lies in. */
export const retentionRepository = {
  /** Bots after this one that have something older than that, in the order of their ids. */
  bots: async ({ db }: PlatformContext, after: string, before: Date, atMost: number): Promise<string[]> =>
    (await db.rows<{ id: string }>(BOTS, [after, before, atMost])).map(({ id }) => id),
  /** What removes at most so much, in the order in which one hangs on the other; each answers how much it was. */
  purges: [
    purge(PURGE_DELIVERIES),
    purge(PURGE_EVENTS),
    purge(PURGE_MESSAGES),
    purgeConversations,
  ] satisfies readonly Purge[],
}
