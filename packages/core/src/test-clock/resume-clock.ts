import type { ClockReading } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { readingOf, testClockOf } from './clock-of.ts'

/** Lets time go on from where it stands, or from the machine's (`reset`). @throws MethodNotFound without a test clock */
export const resumeClock = async (
  ctx: PlatformContext,
  { reset = false }: { reset?: boolean | undefined },
): Promise<ClockReading> => {
  const clock = testClockOf(ctx)
  await clock.set(() => ({ offsetMs: reset ? 0 : clock.now().getTime() - Date.now(), frozenAt: null }))
  return readingOf(clock)
}
