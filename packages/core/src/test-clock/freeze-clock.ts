import type { ClockReading } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { readingOf, testClockOf } from './clock-of.ts'

/** Makes time stand still, at a moment or as it is. Nothing comes due any more until it moves. @throws MethodNotFound without a test clock */
export const freezeClock = async (ctx: PlatformContext, { at }: { at?: Date | undefined }): Promise<ClockReading> => {
  const clock = testClockOf(ctx)
  await clock.set(({ offsetMs }) => ({ offsetMs, frozenAt: (at ?? clock.now()).toISOString() }))
  return readingOf(clock)
}
