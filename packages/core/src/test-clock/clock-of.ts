import type { ClockReading } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import type { TestClock } from './test-clock.ts'

/** @throws MethodNotFound on a server whose time is the machine's */
export const testClockOf = ({ testClock }: PlatformContext): TestClock => {
  if (!testClock)
    throw new ApiError(
      'MethodNotFound',
      'The time of this server is the machine’s: start it with UNDERSTUDY_TEST_CLOCK=on.',
    )
  return testClock
}

export const readingOf = (clock: TestClock): ClockReading => ({
  now: clock.now().toISOString(),
  isFrozen: clock.setting().frozenAt !== null,
})
