import type { PlatformContext } from '../context.ts'
import { LEAST_UUID } from '../ids.ts'
import { deliveryRepository } from './delivery.repository.ts'

const PAGE = 64

/**
 * The bots that have deliveries in their lines, some at a time.
 * @param after where the page before ended; undefined: the first page
 * @returns `next`: where to go on; undefined: those were the last
 */
export const listLines = async (
  platform: PlatformContext,
  after: string | undefined,
): Promise<{ bots: string[]; next: string | undefined }> => {
  const bots = await deliveryRepository.lines(platform, after ?? LEAST_UUID, PAGE)
  return { bots, next: bots.length < PAGE ? undefined : bots.at(-1) }
}
