import type { PlatformContext } from '../context.ts'
import { LEAST_UUID } from '../ids.ts'
import { cutoffOf } from './cutoff-of.ts'
import { retentionRepository } from './retention.repository.ts'

/** Whether a sweep would find something to remove. */
export const isAnythingOld = async (platform: PlatformContext): Promise<boolean> => {
  const before = cutoffOf(platform)
  return before !== undefined && (await retentionRepository.bots(platform, LEAST_UUID, before, 1)).length > 0
}
