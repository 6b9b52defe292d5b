import type { PlatformContext } from '../context.ts'
import { deliveryRepository } from './delivery.repository.ts'

const BATCH = 1_000

/**
 * Lets the deliveries line up whose time has come: scheduled ones, and those that are to be tried again.
 * @returns when the next one's time comes; undefined when none waits
 */
export const queueDueDeliveries = async (platform: PlatformContext): Promise<Date | undefined> => {
  while ((await deliveryRepository.queueDue(platform, BATCH)) === BATCH) continue
  return deliveryRepository.nextDue(platform)
}
