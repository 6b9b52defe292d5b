import type { Statement } from '@understudy/db'
import { fresh } from '../callers/index.ts'
import type { PlatformContext } from '../context.ts'
import { inTime } from '../health/index.ts'

/** What the server owes to bots and integrations. */
export type Backlog = { queued: number; waiting: number; oldestSeconds: number }

const COUNT_MAX = 10_000
/** A line of a bot is in the order in which its deliveries came due: its head is the oldest. */
const LINES_MAX = 1_000

/** However often somebody asks, and however many do. */
const MAX_AGE_MS = 5_000
const PATIENCE_MS = 2_000

const BACKLOG: Statement = {
  name: 'metrics.backlog',
  text: `
    with recursive line as (
      (select bot_id from deliveries where status = 'queued' order by bot_id limit 1)
      union all
      select (select d.bot_id from deliveries d where d.status = 'queued' and d.bot_id > line.bot_id order by d.bot_id limit 1)
      from line where line.bot_id is not null),
    head as (
      select (select d.due_at from deliveries d where d.status = 'queued' and d.bot_id = l.bot_id order by d.seq limit 1) as due_at
      from (select bot_id from line where bot_id is not null limit $3) l)
    select
      (select count(*)::int from (select from deliveries where status = 'queued' limit $2) q) as queued,
      (select count(*)::int from (select from deliveries where status = 'waiting' limit $2) w) as waiting,
      least(
        (select min(due_at) from head),
        (select due_at from deliveries where status = 'waiting' and due_at <= $1 order by due_at limit 1)) as oldest`,
}

/** Tells the backlog, a few seconds old at most; undefined while the database does not. */
export const backlogOf = ({
  db,
  clock,
}: Pick<PlatformContext, 'db' | 'clock'>): (() => Promise<Backlog | undefined>) => {
  const ask = async (): Promise<Backlog> => {
    const now = clock.now()
    type Row = { queued: number; waiting: number; oldest: string | null }
    const { oldest, ...counts } = await db.one<Row>(BACKLOG, [now, COUNT_MAX, LINES_MAX])
    const ageMs = oldest === null ? 0 : now.getTime() - new Date(oldest).getTime()
    return { ...counts, oldestSeconds: Math.max(ageMs, 0) / 1000 }
  }
  const remembered = fresh(() => inTime(ask(), PATIENCE_MS), MAX_AGE_MS)
  return () => remembered.get('').catch(() => undefined)
}
