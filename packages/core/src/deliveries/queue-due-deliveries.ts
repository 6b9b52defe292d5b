import type { PlatformContext } from '../context.ts'
import { deliveryRepository } from './delivery.repository.ts'

const BATCH = 1_000

/**
 * Lets the deliveries line up whose time has come: scheduled ones, and those that are to be tried again.
 * @returns when the next one's time comes; undefined when none waits
 */
export const queueDueDeliveries = async (platform: PlatformContext): Promise<Date | undefined> => {
  for (;;) {
    const { queued, next } = await deliveryRepository.queueDue(platform, BATCH)
    if (queued < BATCH) return next
  }
}
