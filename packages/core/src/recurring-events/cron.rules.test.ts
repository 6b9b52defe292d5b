import { afterEach, describe, expect, test, vi } from 'vitest'
import { checkCron, latestTick, nextTick } from './cron.rules.ts'

const at = (text: string) => new Date(text)
afterEach(() => {
  vi.unstubAllEnvs()
})

test('a tick is no earlier than its moment, and the next one is a later moment', () => {
  expect(nextTick('*/15 * * * *', at('2026-03-01T11:59:59.999Z'))).toEqual(at('2026-03-01T12:00:00.000Z'))
  expect(nextTick('*/15 * * * *', at('2026-03-01T12:00:00.000Z'))).toEqual(at('2026-03-01T12:15:00.000Z'))
  expect(latestTick('*/15 * * * *', at('2026-03-01T12:00:00.000Z'))).toEqual(at('2026-03-01T12:00:00.000Z'))
  expect(latestTick('*/15 * * * *', at('2026-03-01T11:59:59.999Z'))).toEqual(at('2026-03-01T11:45:00.000Z'))
})

test('the 29th of February comes in leap years alone', () => {
  const leapDay = '0 12 29 2 *'
  expect(nextTick(leapDay, at('2026-03-01T00:00:00Z'))).toEqual(at('2028-02-29T12:00:00Z'))
  expect(latestTick(leapDay, at('2026-03-01T00:00:00Z'))).toEqual(at('2024-02-29T12:00:00Z'))
  expect(nextTick(leapDay, at('2097-01-01T00:00:00Z'))).toEqual(at('2104-02-29T12:00:00Z'))
})

describe.each(['UTC', 'America/New_York'])('on a machine in %s', (zone) => {
  test('every hour of the days on which clocks change there has one tick, on the hour', () => {
    vi.stubEnv('TZ', zone)
    expect(at('2026-07-01T00:00:00Z').getTimezoneOffset()).toBe(zone === 'UTC' ? 0 : 240)
    for (const day of ['2026-03-08', '2026-11-01']) {
      const ticks = [at(`${day}T00:00:00Z`)]
      while (ticks.length <= 24) ticks.push(nextTick('0 * * * *', ticks.at(-1) ?? at(day)))
      const hours = Array.from({ length: 25 }, (_, hour) => at(day).getTime() + hour * 3_600_000)
      expect(ticks.map(Number)).toEqual(hours)
    }
    // Half past two in the morning, which does not exist there on that day.
    expect(nextTick('30 2 * * *', at('2026-03-08T00:00:00Z'))).toEqual(at('2026-03-08T02:30:00Z'))
    expect(nextTick('30 1 * * *', at('2026-11-01T01:30:00Z'))).toEqual(at('2026-11-02T01:30:00Z'))
  })
})

test.each(['* * * *', '0 * * * * *', '61 * * * *', '0 0 30 2 *', 'H * * * *', '@daily', 'often'])(
  '%j is refused',
  (cron) => {
    expect(() => checkCron(cron, 'cron')).toThrow(/^cron/)
  },
)

test.each(['* * * * *', '*/5 8-18 * * MON-FRI', '0 0 29 2 *', '0 0 * * THU'])('%j is fine', (cron) => {
  expect(checkCron(cron, 'cron')).toBeUndefined()
})
