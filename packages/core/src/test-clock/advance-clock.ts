import type { ClockReading } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { isAnythingOld } from '../retention/index.ts'
import { clockRepository } from './clock.repository.ts'
import { readingOf, testClockOf } from './clock-of.ts'
import { timeOf } from './test-clock.ts'

const LOOK_EVERY_MS = 20

/**
 * Moves time, also of a clock that stands still, and waits until every process has noticed and what came due has been done.
 * @param by how far in ms; backwards where negative
 * @param timeoutMs how long to wait for what came due; it is done afterwards all the same
 * @throws MethodNotFound without a test clock
 */
export const advanceClock = async (
  ctx: PlatformContext,
  { by, timeoutMs }: { by: number; timeoutMs: number },
): Promise<ClockReading & { isSettled: boolean }> => {
  const clock = testClockOf(ctx)
  await clock.set(({ offsetMs, frozenAt }) => ({
    offsetMs: offsetMs + by,
    frozenAt: frozenAt === null ? null : new Date(timeOf({ offsetMs, frozenAt }, 0).getTime() + by).toISOString(),
  }))
  ctx.doorbell.ring()
  const deadline = Date.now() + timeoutMs
  let isLeft = await isAnythingLeft(ctx)
  while (isLeft && Date.now() < deadline) {
    await new Promise((again) => setTimeout(again, LOOK_EVERY_MS))
    isLeft = await isAnythingLeft(ctx)
  }
  return { ...readingOf(clock), isSettled: !isLeft }
}

const isAnythingLeft = async (ctx: PlatformContext): Promise<boolean> =>
  (await clockRepository.isOverdue(ctx.db, ctx.clock.now())) || (await isAnythingOld(ctx))
