import { invalidQuery } from '../errors.ts'
import type { MessageRow } from './message.mapper.ts'

/**
 * Up to where a conversation has been heard. A message is said when it is written or, if it was scheduled, when it is due.
 * Heard is what was written up to `seq` and is not scheduled for later than `due`; of what is due at that very moment, what
 * was written up to `dueSeq`.
 */
export type Heard = { seq: string; due: number; dueSeq: string }

/** A message, and whether it had been passed over before because it was not due yet. */
export type SaidRow = MessageRow & { scheduled_at: string | null; late: boolean }

export const NOTHING_HEARD: Heard = { seq: '0', due: 0, dueSeq: '0' }

/** Heard up to this message, and nothing that was scheduled then. */
export const heardUpTo = ({ seq, created_at }: Pick<MessageRow, 'seq' | 'created_at'>): Heard => ({
  seq,
  due: Date.parse(created_at) + 1,
  dueSeq: '0',
})

/** What is scheduled for later than this is not due. Clocks of several processes differ: it does not go back. */
export const horizonOf = ({ due }: Heard, now: Date): Date => new Date(Math.max(now.getTime(), due - 1))

/**
 * What is to be told next, each with the position after it, and the position after all of it. What has become due comes
 * first, by its time; then what is new, in the order it was written.
 * @param lateIsAll false: there is more of what has become due than these rows hold, so what is new has to wait
 */
export const hear = (
  heard: Heard,
  rows: readonly SaidRow[],
  { horizon, lateIsAll }: { horizon: Date; lateIsAll: boolean },
): { said: { row: SaidRow; heard: Heard }[]; heard: Heard } => {
  const late = rows.filter((row) => row.late)
  const said = late.map((row) => ({
    row,
    heard: { ...heard, due: Date.parse(row.scheduled_at ?? ''), dueSeq: row.seq },
  }))
  if (!lateIsAll) return { said, heard: said.at(-1)?.heard ?? heard }
  // Timestamps have no finer parts than milliseconds: what is due up to the horizon is what is due before the next one.
  const caughtUp = horizon.getTime() < heard.due ? heard : { ...heard, due: horizon.getTime() + 1, dueSeq: '0' }
  const fresh = rows.filter((row) => !row.late).map((row) => ({ row, heard: { ...caughtUp, seq: row.seq } }))
  return { said: [...said, ...fresh], heard: fresh.at(-1)?.heard ?? caughtUp }
}

/** The id of an event, opaque to clients. */
export const toEventId = ({ seq, due, dueSeq }: Heard): string => `${seq}.${due}.${dueSeq}`

const EVENT_ID = /^(\d{1,18})\.(\d{1,14})\.(\d{1,18})$/

/** @throws InvalidQuery for what is no id of an event */
export const fromEventId = (id: string): Heard => {
  const [, seq, due, dueSeq] = EVENT_ID.exec(id) ?? []
  if (!seq || !due || !dueSeq) throw invalidQuery('after', 'names no message of this conversation and no event of it')
  return { seq, due: Number(due), dueSeq }
}
