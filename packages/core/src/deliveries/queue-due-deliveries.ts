import type { PlatformContext } from '../context.ts'
import { deliveryRepository } from './delivery.repository.ts'

const BATCH = 1_000

/**
 * Lets the deliveries line up whose time has come: scheduled ones, and those that are to be tried again.
 * @returns whose they are, and when the next one's time comes; undefined when none waits
 */
export const queueDueDeliveries = async (
  platform: PlatformContext,
): Promise<{ bots: Set<string>; next: Date | undefined }> => {
  const whose = new Set<string>()
  for (;;) {
    const { queued, bots, next } = await deliveryRepository.queueDue(platform, BATCH)
    for (const botId of bots) whose.add(botId)
    if (queued < BATCH) return { bots: whose, next }
  }
}
