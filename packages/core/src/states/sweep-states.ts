import type { PlatformContext } from '../context.ts'
import { expireStates } from './expire-states.ts'

const BATCH = 500

/**
 * Expires every state that is due, in batches that are done whole or not at all. Sweeps side by side share the work.
 * @returns how many this one expired
 */
export const sweepStates = async (platform: PlatformContext): Promise<number> => {
  let total = 0
  let expired = BATCH
  while (expired === BATCH) {
    expired = await expireStates(platform, BATCH)
    total += expired
  }
  if (total > 0) platform.doorbell.ring()
  return total
}
