import type { PlatformContext } from '../context.ts'
import { logRepository } from './log.repository.ts'

/** How long the Cloud keeps lines; ours are forgotten when it would have forgotten them. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000

const BATCH = 5_000

/** From when the oldest lines are that are still to be seen, whether or not a sweep has been there. */
export const oldestKept = ({ clock }: PlatformContext): Date => new Date(clock.now().getTime() - KEPT_MS)

/** Forgets lines whose time is over, in batches. Sweeps side by side share the work. @returns how many it were */
export const sweepLogs = async (platform: PlatformContext): Promise<number> => {
  const before = oldestKept(platform)
  let total = 0
  let swept = BATCH
  while (swept === BATCH) {
    swept = await logRepository.sweep(platform, before, BATCH)
    total += swept
  }
  return total
}
