import type { Statement } from '@understudy/db'
import type { Failure } from '../bot-issues/index.ts'
import type { PlatformContext } from '../context.ts'
import type { ConversationRow } from '../conversations/index.ts'
import type { EventRow } from '../events/index.ts'
import type { MessageRow } from '../messages/index.ts'
import type { UserRow } from '../users/index.ts'

/** Which delivery of which bot. */
export type DeliveryReference = { botId: string; id: string }

/** A delivery that has been taken out of its line, not yet begun. Those of one lane are begun in the order of `seq`. */
export type ClaimedRow = { bot_id: string; id: string; seq: string; lane: string }

/** A delivery whose attempt has begun, with all that is to be delivered; what was deleted meanwhile is null. */
export type BegunRow = {
  bot_id: string
  id: string
  target: 'bot' | 'integration'
  installation_id: string | null
  attempts: number
  failures: number
  runner: string
  event: EventRow | null
  message: MessageRow | null
  conversation: ConversationRow | null
  author: UserRow | null
}

/** What became of a delivery with an attempt, in the terms of the tables. */
export type Verdict = {
  bot_id: string
  id: string
  runner: string
  status: 'delivered' | 'failed' | 'ignored' | 'waiting' | 'queued'
  /** 1 when the attempt counts as a failure */
  failures: 0 | 1
  due_at: Date | null
  reason: string | null
  /** what the owner of the bot is told, where this was the end of it */
  failure?: Failure | undefined
}

/** No number: nobody was called. */
export type SettledRow = Verdict & (AttemptColumns | { number: null })

/** What is kept of an attempt; all flat, so that PostgreSQL reads it once. */
type AttemptColumns = {
  number: number
  outcome: string
  http_status: number | null
  duration_ms: number
  started_at: Date
  request: object
  response: object | null
}

// An event leaves `scheduled` in the moment its delivery leaves `waiting`. Those that come due together line up in the order
// of their times: each gets a new place.
const QUEUE_DUE: Statement = {
  name: 'deliveries.queue-due',
  text: `
    with due as materialized (
      select bot_id, id from deliveries where status = 'waiting' and due_at <= $1
      order by due_at, seq limit $2 for update skip locked),
    placed as materialized (
      select bot_id, id, nextval('deliveries_seq_seq') as seq from due),
    queued as (
      update deliveries d set status = 'queued', seq = p.seq, updated_at = $1 from placed p
      where d.bot_id = p.bot_id and d.id = p.id
      returning d.bot_id, d.id, d.target),
    fired as (
      update events e set status = 'pending', updated_at = $1 from queued q
      where q.target = 'bot' and e.bot_id = q.bot_id and e.id = q.id and e.status = 'scheduled')
    select (select count(*)::int from queued) as queued,
      (select coalesce(array_agg(distinct bot_id), '{}') from queued) as bots,
      (select due_at from deliveries where status = 'waiting' and due_at > $1 order by due_at limit 1) as next_due`,
}

// From one bot's line to the next, without a look at what is in them.
const LINES: Statement = {
  name: 'deliveries.lines',
  text: `
    with recursive line as (
      (select bot_id from deliveries where status = 'queued' and bot_id > $1 order by bot_id limit 1)
      union all
      select (select d.bot_id from deliveries d where d.status = 'queued' and d.bot_id > line.bot_id order by d.bot_id limit 1)
      from line where line.bot_id is not null)
    select bot_id from line where bot_id is not null limit $2`,
}

/**
 * Whether a bot stays: what is owed to one that is being deleted is left alone, since nothing has to be written down of what
 * goes. So whoever writes many deliveries, in whatever order, never waits for whoever deletes them (`holdBackDeliveries`).
 */
const STAYS = (botId: string): string =>
  `pg_try_advisory_xact_lock_shared(hashtextextended('deliveries/' || ${botId}, 0))`

const CLAIM: Statement = { name: 'deliveries.claim', text: 'select * from claim_deliveries($1, $2, $3, $4, $5)' }

// Not what runs already: a job that comes twice, or late, finds nothing to do. `is not distinct from` keeps PostgreSQL from the
// index of what is queued: it would read the lines of all bots to begin a few to which their keys lead.
const BEGIN: Statement = {
  name: 'deliveries.begin',
  text: `
    with begun as (
      update deliveries d set runner = w.runner, attempts = d.attempts + 1, under_way = false, lease_until = $5, updated_at = $6
      from unnest($1::uuid[], $2::text[], $3::uuid[]) as w (bot_id, id, runner)
      where d.bot_id = w.bot_id and d.id = w.id and d.status is not distinct from 'queued' and (d.runner is null or d.lease_until <= $4)
        and ${STAYS('w.bot_id')}
      returning d.bot_id, d.id, d.target, d.installation_id, d.attempts, d.failures, d.runner)
    select b.*, to_json(e) as event, to_json(m) as message, to_json(c) as conversation, to_json(u) as author
    from begun b
    left join events e on b.target = 'bot' and e.bot_id = b.bot_id and e.id = b.id
    left join messages m on m.bot_id = b.bot_id and m.id = case b.target when 'bot' then e.message_id else b.id end
    left join conversations c on c.bot_id = b.bot_id and c.id = m.conversation_id
    left join users u on u.bot_id = b.bot_id and u.id = m.user_id`,
}

const UNDER_WAY: Statement = {
  name: 'deliveries.under-way',
  text: `
    update deliveries d set under_way = true
    from unnest($1::uuid[], $2::text[], $3::uuid[]) as w (bot_id, id, runner)
    where d.bot_id = w.bot_id and d.id = w.id and d.runner = w.runner and ${STAYS('w.bot_id')}`,
}

const RENEW: Statement = {
  name: 'deliveries.renew',
  text: `
    update deliveries d set lease_until = $4
    from unnest($1::uuid[], $2::text[], $3::uuid[]) as w (bot_id, id, runner)
    where d.bot_id = w.bot_id and d.id = w.id and d.runner = w.runner and ${STAYS('w.bot_id')}`,
}

// Only the attempt that holds the lease says what became of a delivery. The limit leaves nothing out: of a list in JSON
// PostgreSQL expects a hundred rows, for which it would read a table of ten thousands from end to end, but of a limit it does
// not know a tenth of that.
const SETTLE: Statement = {
  name: 'deliveries.settle',
  text: `
    with outcome as materialized (
      select * from json_to_recordset($1::json) as o (
        bot_id uuid, id text, runner uuid, status text, failures int, due_at timestamptz, reason text,
        number int, outcome text, http_status int, duration_ms int, request json, response json, started_at timestamptz)
      where ${STAYS('o.bot_id')}
      limit $3),
    settled as (
      update deliveries d set status = o.status, due_at = coalesce(o.due_at, d.due_at), failures = d.failures + o.failures,
        failure_reason = o.reason, runner = null, lease_until = null, updated_at = $2
      from outcome o where d.bot_id = o.bot_id and d.id = o.id and d.runner = o.runner
      returning d.bot_id, d.id, d.target, d.status, d.failure_reason),
    told as (
      update events e set status = case s.status when 'delivered' then 'processed' else s.status end, failure_reason = s.failure_reason, updated_at = $2
      from settled s
      where s.target = 'bot' and s.status in ('delivered', 'failed', 'ignored') and e.bot_id = s.bot_id and e.id = s.id)
    insert into delivery_attempts (bot_id, delivery_id, number, outcome, reason, http_status, duration_ms, request, response, started_at)
    select o.bot_id, o.id, o.number, o.outcome, o.reason, o.http_status, o.duration_ms, o.request, o.response, o.started_at
    from outcome o where o.number is not null
    on conflict do nothing`,
}

/** How long an attempt counts as alive after the last sign of life. */
const LEASE_MS = 9_000

/** Leases are about processes: they live on the wall clock, whatever time it is for bots. */
const lease = (): { now: Date; until: Date } => {
  const now = Date.now()
  return { now: new Date(now), until: new Date(now + LEASE_MS) }
}

/** One attempt at a delivery. */
export type Attempt = DeliveryReference & { runner: string }

const columns = (rows: readonly Attempt[]) => [
  ...[rows.map(({ botId }) => botId), rows.map(({ id }) => id), rows.map(({ runner }) => runner)],
]

/** Rows of `deliveries` as they travel, of all bots. */
export const deliveryRepository = {
  /** Lets those line up whose time has come, at most so many. @returns how many they were, whose, and when the next one's comes */
  queueDue: async (
    { db, clock }: PlatformContext,
    limit: number,
  ): Promise<{ queued: number; bots: string[]; next: Date | undefined }> => {
    const { next_due: next, ...row } = await db.one<{ queued: number; bots: string[]; next_due: string | null }>(
      QUEUE_DUE,
      [clock.now(), limit],
    )
    return { ...row, next: next === null ? undefined : new Date(next) }
  },
  /** The bots that have a line, in the order of their ids. */
  lines: async ({ db }: PlatformContext, after: string, limit: number): Promise<string[]> =>
    (await db.rows<{ bot_id: string }>(LINES, [after, limit])).map(({ bot_id: botId }) => botId),
  claim: async (
    { db }: PlatformContext,
    bots: readonly string[],
    { limit, perBot }: { limit: number; perBot: number },
  ): Promise<(ClaimedRow | { bot_id: string; id: null })[]> => {
    const { now, until } = lease()
    return db.rows(CLAIM, [bots, limit, perBot, now, until])
  },
  begin: ({ db, clock }: PlatformContext, wanted: readonly Attempt[]): Promise<BegunRow[]> => {
    const { now, until } = lease()
    return db.rows(BEGIN, [...columns(wanted), now, until, clock.now()])
  },
  renew: ({ db }: PlatformContext, running: readonly Attempt[]): Promise<object[]> =>
    db.rows(RENEW, [...columns(running), lease().until]),
  underWay: ({ db }: PlatformContext, sent: readonly Attempt[]): Promise<object[]> => db.rows(UNDER_WAY, columns(sent)),
  settle: ({ db, clock }: PlatformContext, outcomes: readonly SettledRow[]): Promise<object[]> =>
    db.rows(SETTLE, [JSON.stringify(outcomes), clock.now(), outcomes.length]),
}
