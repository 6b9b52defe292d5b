import type { Db, Statement } from '@understudy/db'

/** How the clock is set: so far from the machine's time, or standing still. `version` counts the settings. */
export type ClockSetting = { version: number; offsetMs: number; frozenAt: string | null }

const FACT = 'clock'
const CHANNEL = 'understudy_clock'

// Until the transaction ends, so that whoever waits and whoever writes need one connection each.
const HOLD: Statement = { name: 'clock.hold', text: `select pg_advisory_xact_lock(hashtextextended('${CHANNEL}', 0))` }

const READ: Statement = { name: 'clock.read', text: `select value from server_facts where name = '${FACT}'` }

const WRITE: Statement = {
  name: 'clock.write',
  text: `
    with written as (
      insert into server_facts (name, value) values ('${FACT}', $1)
      on conflict (name) do update set value = excluded.value)
    select pg_notify('${CHANNEL}', '')`,
}

const ACKNOWLEDGE: Statement = {
  name: 'clock.acknowledge',
  text: `
    insert into clock_followers (id, version, seen_at) values ($1, $2, $3)
    on conflict (id) do update set version = excluded.version, seen_at = excluded.seen_at`,
}

const LAGGARDS: Statement = {
  name: 'clock.laggards',
  text: 'select count(*)::int as laggards from clock_followers where version < $1 and seen_at > $2',
}

const LEAVE: Statement = { name: 'clock.leave', text: 'delete from clock_followers where id = $1' }

const OVERDUE: Statement = {
  name: 'clock.overdue',
  text: `
    select exists (select from deliveries where status = 'queued')
      or exists (select from deliveries where status = 'waiting' and due_at <= $1)
      or exists (select from installations where register_due_at <= $1 and enabled and status <> 'registration_pending')
      or exists (select from installations where call_until is not null)
      or exists (select from states where expires_at <= $1)
      or exists (select from recurring_events where due_at <= $1) as overdue`,
}

const read = async ({ rows }: Pick<Db, 'rows'>): Promise<ClockSetting | undefined> => {
  const [row] = await rows<{ value: string }>(READ, [])
  return row && (JSON.parse(row.value) as ClockSetting)
}

/** How the clock is set, and who goes by it. */
export const clockRepository = {
  read,
  /** One change after the other. @returns the new setting */
  write: (db: Db, change: (now: ClockSetting) => ClockSetting): Promise<ClockSetting> =>
    db.atomically(async (rows) => {
      await rows(HOLD, [])
      const setting = change((await read({ rows })) ?? { version: 0, offsetMs: 0, frozenAt: null })
      await rows(WRITE, [JSON.stringify(setting)])
      return setting
    }),
  listen: (db: Db, moved: () => void): Promise<void> => db.listen(CHANNEL, moved, moved),
  acknowledge: (db: Db, id: string, version: number, seenAt: Date): Promise<object[]> =>
    db.rows(ACKNOWLEDGE, [id, version, seenAt]),
  /** How many of those seen since then still go by an older setting. */
  laggards: async (db: Db, version: number, seenSince: Date): Promise<number> =>
    (await db.one<{ laggards: number }>(LAGGARDS, [version, seenSince])).laggards,
  leave: (db: Db, id: string): Promise<object[]> => db.rows(LEAVE, [id]),
  /** Whether anything that came due is still to be done, or being done. */
  isOverdue: async (db: Db, now: Date): Promise<boolean> =>
    (await db.one<{ overdue: boolean }>(OVERDUE, [now])).overdue,
}
