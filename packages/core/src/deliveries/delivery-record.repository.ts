import type { DeliveryStatus } from '@understudy/contract'
import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import type { AttemptRow, DeliveryRow } from './delivery.mapper.ts'

/** The statuses the API has, by what a row says in several columns; an attempt is alive on the wall clock. */
export const STATUS_CONDITIONS = {
  scheduled: `d.status = 'waiting' and d.failures = 0`,
  retrying: `d.status = 'waiting' and d.failures > 0`,
  queued: `d.status = 'queued' and (d.runner is null or d.lease_until <= now())`,
  running: `d.status = 'queued' and d.runner is not null and d.lease_until > now()`,
  delivered: `d.status = 'delivered'`,
  failed: `d.status = 'failed'`,
  ignored: `d.status = 'ignored'`,
  canceled: `d.status = 'canceled'`,
} as const satisfies Record<DeliveryStatus, string>

/** A delivery with its status and the type of what it is about. */
export const DELIVERY_SOURCE = `
  select d.id, d.seq, d.target, coalesce(e.type, m.type) as type, d.installation_id, d.conversation_id,
    case ${Object.entries(STATUS_CONDITIONS)
      .map(([status, condition]) => `when ${condition} then '${status}'`)
      .join(' ')} end as status,
    d.due_at, d.attempts, d.failures, d.failure_reason, d.created_at, d.updated_at
  from deliveries d
  left join events e on d.target = 'bot' and e.bot_id = d.bot_id and e.id = d.id
  left join messages m on d.target = 'integration' and m.bot_id = d.bot_id and m.id = d.id`

const FIND: Statement = {
  name: 'deliveries.find',
  text: `${DELIVERY_SOURCE} where d.bot_id = $1 and d.id = $2`,
}

const LATEST: Statement = {
  name: 'deliveries.latest',
  text: `
    ${DELIVERY_SOURCE}
    where d.bot_id = $1 and ($3::text is null or d.conversation_id = $3)
    order by d.created_at desc, d.seq desc limit $2`,
}

const ATTEMPTS: Statement = {
  name: 'deliveries.attempts',
  text: `
    select number, outcome, reason, duration_ms, request, response, started_at from delivery_attempts
    where bot_id = $1 and delivery_id = $2 order by number`,
}

// It takes a new place at the end of the line, and begins anew: what went wrong before does not count.
const QUEUE_AGAIN: Statement = {
  name: 'deliveries.queue-again',
  text: `
    with again as (
      update deliveries set status = 'queued', seq = nextval('deliveries_seq_seq'), failures = 0, failure_reason = null, due_at = $3, updated_at = $3
      where bot_id = $1 and id = $2 and (status in ('delivered', 'failed', 'ignored') or status = 'waiting' and failures > 0)
      returning bot_id, id, target),
    told as (
      update events e set status = 'pending', failure_reason = null, updated_at = $3
      from again a where a.target = 'bot' and e.bot_id = a.bot_id and e.id = a.id)
    select id from again`,
}

/** Rows of `deliveries` and `delivery_attempts` of one bot, as somebody looks at them. */
export const deliveryRecordRepository = {
  find: ({ db, bot }: BotContext, id: string): Promise<DeliveryRow | undefined> =>
    db.row<DeliveryRow>(FIND, [bot.id, id]),
  latest: ({ db, bot }: BotContext, limit: number, conversationId: string | undefined): Promise<DeliveryRow[]> =>
    db.rows<DeliveryRow>(LATEST, [bot.id, limit, conversationId ?? null]),
  attempts: ({ db, bot }: BotContext, id: string): Promise<AttemptRow[]> => db.rows<AttemptRow>(ATTEMPTS, [bot.id, id]),
  /** @returns whether it was settled, or waited for another attempt */
  queueAgain: async ({ db, bot, clock }: BotContext, id: string): Promise<boolean> =>
    (await db.row(QUEUE_AGAIN, [bot.id, id, clock.now()])) !== undefined,
}
