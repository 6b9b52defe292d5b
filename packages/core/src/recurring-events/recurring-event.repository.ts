import type { Statement, Transaction } from '@understudy/db'
import type { PlatformContext } from '../context.ts'

/** A recurring event as its bot declares it: name, expression, and when it comes next unless that is settled already. */
export type Declared = { name: string; cron: string; due_at: Date }

/** A recurring event whose time has come. */
export type DueRow = { bot_id: string; name: string; cron: string; due_at: string }

/** What is to become of one: its next time, and the event it leaves now, if any. */
export type Tick = { botId: string; name: string; dueAt: string; nextAt: string; eventId: string | null }

const DUE: Statement = {
  name: 'recurring-events.due',
  text: 'select bot_id, name, cron, due_at from recurring_events where due_at <= $1 order by due_at limit $2',
}

// Who finds the time still as it was read has the tick: one event each, however many look. Its bot is held as long: it is
// neither deleted nor changed meanwhile, and one that is being so keeps its tick for the next look.
const FIRE: Statement = {
  name: 'recurring-events.fire',
  text: `
    with ticked as materialized (
      select r.bot_id, r.name, t.next_at, t.event_id, b.definition -> 'recurringEvents' -> r.name as said, b.blocked or w.blocked as blocked
      from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[]) as t (bot_id, name, due_at, next_at, event_id)
      join recurring_events r on r.bot_id = t.bot_id and r.name = t.name and r.due_at = t.due_at
      join bots b on b.id = r.bot_id
      join workspaces w on w.id = b.workspace_id
      for update of r skip locked for key share of b skip locked),
    moved as (
      update recurring_events r set due_at = t.next_at from ticked t
      where r.bot_id = t.bot_id and r.name = t.name
      returning r.name),
    fired as (
      insert into events (bot_id, id, type, payload, recurring_event, status, created_at, updated_at)
      select t.bot_id, t.event_id, t.said ->> 'type', t.said -> 'payload', t.name, 'pending', $6, $6
      from ticked t where t.event_id is not null and t.said is not null and not t.blocked
      returning bot_id, id),
    owed as (
      insert into deliveries (bot_id, id, target, status, due_at, created_at, updated_at)
      select f.bot_id, f.id, 'bot', 'queued', $6, $6, $6 from fired f
      returning id)
    select (select count(*)::int from moved) as moved, (select count(*)::int from owed) as fired`,
}

// What keeps its expression keeps its time, and all that keep their name their record.
const FOLLOW = `
  with declared as (
    select * from json_to_recordset($2::json) as d (name text, cron text, due_at timestamptz)),
  gone as (
    delete from recurring_events where bot_id = $1::uuid and name not in (select name from declared))
  insert into recurring_events as r (bot_id, name, cron, due_at, failed_attempts)
  select $1::uuid, d.name, d.cron, d.due_at, 0 from declared d
  on conflict (bot_id, name) do update set cron = excluded.cron, due_at = excluded.due_at where r.cron <> excluded.cron`

/** Rows of `recurring_events`, and the events that come of them. */
export const recurringEventRepository = {
  /** Makes the rows of a bot those it declares. */
  follow: async (tx: Transaction, botId: string, declared: readonly Declared[]): Promise<void> => {
    await tx.$executeRawUnsafe(FOLLOW, botId, JSON.stringify(declared))
  },
  /** At most so many of all bots, the longest due first. */
  due: ({ db, clock }: PlatformContext, atMost: number): Promise<DueRow[]> =>
    db.rows<DueRow>(DUE, [clock.now(), atMost]),
  /** @returns of how many the time was moved on, and how many of these left an event */
  fire: ({ db, clock }: PlatformContext, ticks: readonly Tick[]): Promise<{ moved: number; fired: number }> =>
    db.one(FIRE, [
      ...[ticks.map(({ botId }) => botId), ticks.map(({ name }) => name), ticks.map(({ dueAt }) => dueAt)],
      ...[ticks.map(({ nextAt }) => nextAt), ticks.map(({ eventId }) => eventId), clock.now()],
    ]),
}
