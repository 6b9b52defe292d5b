import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fromEventId,
  type Heard,
  hear,
  heardUpTo,
  horizonOf,
  NOTHING_HEARD,
  type SaidRow,
  toEventId,
} from './heard.rules.ts'

type Written = { seq: number; at: number; due: number | null }

const row = ({ seq, due }: Written, late: boolean): SaidRow =>
  ({ seq: String(seq), scheduled_at: due === null ? null : new Date(due).toISOString(), late }) as SaidRow

/** What the statement answers, said in another way. */
const look = (written: Written[], { seq, due, dueSeq }: Heard, horizon: Date, limit: number): SaidRow[] => {
  const later = (a: Written) => a.due !== null && (a.due > due || (a.due === due && a.seq > Number(dueSeq)))
  const isDue = (a: Written) => a.due === null || a.due <= horizon.getTime()
  const late = written.filter((one) => one.seq <= Number(seq) && later(one) && isDue(one))
  const fresh = written.filter((one) => one.seq > Number(seq) && isDue(one))
  return [
    ...late
      .toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0) || a.seq - b.seq)
      .slice(0, limit)
      .map((one) => row(one, true)),
    ...fresh
      .toSorted((a, b) => a.seq - b.seq)
      .slice(0, limit)
      .map((one) => row(one, false)),
  ]
}

const step = fc.record({
  /** ms that pass before it */
  pause: fc.integer({ min: 0, max: 3 }),
  /** written: undefined none, null at once, else scheduled so many ms ahead */
  write: fc.option(fc.option(fc.integer({ min: 1, max: 4 })), { nil: undefined }),
  /** how many events arrive before the connection is lost; undefined: it holds */
  lostAfter: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
})

test('every message is said once, none before it is due, however often the connection is lost, at any event', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (steps, limit) => {
      const written: Written[] = []
      const said: string[] = []
      let now = 1_000_000
      let heard = NOTHING_HEARD
      const listen = (lostAfter = Number.POSITIVE_INFINITY) => {
        const horizon = horizonOf(heard, new Date(now))
        const rows = look(written, heard, horizon, limit)
        const next = hear(heard, rows, { horizon, lateIsAll: rows.filter(({ late }) => late).length < limit })
        for (const one of next.said.slice(0, lostAfter)) {
          said.push(one.row.seq)
          expect(Date.parse(one.row.scheduled_at ?? '') || now).toBeLessThanOrEqual(now)
          // What a client that comes back shows.
          heard = fromEventId(toEventId(one.heard))
        }
        if (next.said.length <= lostAfter) heard = next.heard
        return rows.length >= limit
      }
      for (const { pause, write, lostAfter } of steps) {
        now += pause
        if (write !== undefined) written.push({ seq: written.length + 1, at: now, due: write && now + write })
        listen(lostAfter)
      }
      now += 10
      for (let looks = 0; looks < 100 && listen(); looks++);
      listen()
      expect(said.toSorted((a, b) => Number(a) - Number(b))).toEqual(written.map(({ seq }) => String(seq)))
    }),
    { numRuns: 2000 },
  )
})

test('whoever has heard a message goes on with what was written after it, and with what becomes due', () => {
  const created = 1_000_000
  const heard = heardUpTo({ seq: '5', created_at: new Date(created).toISOString() })
  const written = [
    { seq: 4, at: created - 20, due: created - 10 },
    { seq: 5, at: created, due: null },
    { seq: 3, at: created - 20, due: created + 7 },
    { seq: 6, at: created, due: null },
  ]
  const horizon = horizonOf(heard, new Date(created + 7))
  const next = hear(heard, look(written, heard, horizon, 9), { horizon, lateIsAll: true })
  expect(next.said.map((one) => one.row.seq)).toEqual(['3', '6'])
})

test('a clock that goes back makes nothing be said again', () => {
  const heard = { seq: '5', due: 1_000_008, dueSeq: '3' }
  const horizon = horizonOf(heard, new Date(900_000))
  expect(hear(heard, [], { horizon, lateIsAll: true }).heard).toEqual(heard)
})

test.each(['', '1', '1.2', '1.2.3.4', 'a.b.c', '-1.2.3', '1.2.3e4', `${'9'.repeat(19)}.1.1`, `1.${'9'.repeat(15)}.1`])(
  '%j is no id of an event',
  (id) => expect(() => fromEventId(id)).toThrow(/^after: /),
)
