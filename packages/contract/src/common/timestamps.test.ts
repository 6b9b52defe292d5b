import { expect, test } from 'vitest'
import { DateBound } from './timestamps.ts'

test.each([
  ['2026-02-28', '2026-02-28T00:00:00.000Z'],
  ['2026-02-28T10:00:00Z', '2026-02-28T10:00:00.000Z'],
  ['2026-02-28T10:00:00.250+02:00', '2026-02-28T08:00:00.250Z'],
])('%s is a moment', (text, moment) => {
  expect(DateBound.parse(text).toISOString()).toBe(moment)
})

test.each([
  '',
  '1',
  '0',
  '2026',
  '2026-02-30',
  '2026-02-28 10:00',
  '2026-02-28T10:00:00',
  'Feb 28 2026',
  '2026-02-28T25:00:00Z',
])('junk like "%s" is refused', (text) => {
  expect(DateBound.safeParse(text).success).toBe(false)
})
