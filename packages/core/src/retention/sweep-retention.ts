import type { PlatformContext } from '../context.ts'
import { LEAST_UUID } from '../ids.ts'
import { cutoffOf } from './cutoff-of.ts'
import { retentionRepository } from './retention.repository.ts'

const BOTS = 100
const BATCH = 500
/** So that a process that is told to end does not have to wait for it long; the next sweep goes on. */
const BATCHES_MAX = 400

/**
 * Removes the deliveries, events, messages and conversations of all bots that nobody has touched for as long as such are
 * kept, in batches that are done whole or not at all. Sweeps side by side share the work.
 * @returns how many rows it were
 */
export const sweepRetention = async (platform: PlatformContext): Promise<number> => {
  const before = cutoffOf(platform)
  if (!before) return 0
  let [total, batches, after] = [0, 0, LEAST_UUID]
  while (batches < BATCHES_MAX) {
    const bots = await retentionRepository.bots(platform, after, before, BOTS)
    for (const botId of bots)
      for (const purge of retentionRepository.purges) {
        let gone = BATCH
        while (gone === BATCH && batches < BATCHES_MAX) {
          gone = await purge(platform, botId, before, BATCH)
          total += gone
          batches++
        }
      }
    if (bots.length < BOTS) break
    after = bots.at(-1) ?? after
  }
  return total
}
