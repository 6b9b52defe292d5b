import type { Clock } from '@understudy/core'

/** A clock that stands still until it is moved. */
export const movingClock = (start = '2026-03-01T12:00:00.000Z'): Clock & { advance: (ms: number) => void } => {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms
    },
  }
}
