import { expect, test } from 'vitest'
import { Schedule } from './schedule.ts'

test.each([
  { dateTime: '2026-02-28T10:00:00.000Z' },
  { dateTime: '2026-02-28T10:00:00+02:00' },
  { delay: 0 },
  { delay: 1500 },
])('%j says when', (schedule) => {
  expect(Schedule.parse(schedule)).toEqual(schedule)
})

test.each([{}, { dateTime: '2026-02-28T10:00:00.000Z', delay: 0 }])(
  '%j does not: it names both or neither',
  (schedule) => {
    expect(Schedule.safeParse(schedule).error?.issues).toMatchObject([
      { message: 'needs either dateTime or delay, and not both' },
    ])
  },
)

test.each([
  { dateTime: '2026-02-28T10:00:00Z' },
  { dateTime: '2026-02-28T10:00:00.000000' },
  { dateTime: 'at the end of February' },
  { delay: -1 },
])('%j is refused', (schedule) => {
  expect(Schedule.safeParse(schedule).success).toBe(false)
})
