import { expect, test } from 'vitest'
import { dueTime } from './due-time.rules.ts'

const now = new Date('2026-01-31T12:00:00.000Z')

test('a delay counts in milliseconds from now, none too few', () => {
  expect(dueTime({ delay: 90_000 }, now)).toEqual(new Date('2026-01-31T12:01:30.000Z'))
  expect(dueTime({ delay: 0.1 }, now)).toEqual(new Date('2026-01-31T12:00:00.001Z'))
})

test('a moment in the past, and no schedule at all, mean at once', () => {
  expect(dueTime({ dateTime: '2026-01-31T11:59:59.999Z' }, now)).toBeUndefined()
  expect(dueTime({ delay: 0 }, now)).toBeUndefined()
  expect(dueTime(undefined, now)).toBeUndefined()
})

test('nothing is scheduled more than a year ahead', () => {
  expect(() => dueTime({ dateTime: '2027-02-01T00:00:00.000Z' }, now)).toThrow(/year/)
})
