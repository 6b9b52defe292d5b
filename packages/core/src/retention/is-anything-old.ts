import type { PlatformContext } from '../context.ts'
import { cutoffOf } from './cutoff-of.ts'
import { BEFORE_ALL, retentionRepository } from './retention.repository.ts'

/** Whether a sweep would find something to remove. */
export const isAnythingOld = async (platform: PlatformContext): Promise<boolean> => {
  const before = cutoffOf(platform)
  return before !== undefined && (await retentionRepository.bots(platform, BEFORE_ALL, before, 1)).length > 0
}
