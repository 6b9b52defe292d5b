import type { PlatformContext } from '../context.ts'
import { type ClaimedRow, deliveryRepository } from './delivery.repository.ts'

/** What one worker is to do in one go: deliveries to one receiver of one conversation, in their order. */
export type Run = { botId: string; ids: string[] }

/** As many as a bot has in flight at the same time: one that hangs holds no more than these. */
export const IN_FLIGHT_MAX = 50

/**
 * Takes deliveries whose turn it is out of their lines, for as long as a lease. Several processes may claim at the same
 * time.
 * @param bots whose lines to look at
 * @param limit at most so many deliveries
 * @returns what was taken, and which of the bots have more in their lines than could be taken now
 */
export const claimDeliveries = async (
  platform: PlatformContext,
  bots: readonly string[],
  limit: number,
): Promise<{ runs: Run[]; more: string[] }> => {
  const rows = await deliveryRepository.claim(platform, bots, { limit, perBot: IN_FLIGHT_MAX })
  return {
    runs: runsOf(rows.filter((row): row is ClaimedRow => row.id !== null)),
    more: rows.filter(({ id }) => id === null).map(({ bot_id: botId }) => botId),
  }
}

const runsOf = (rows: ClaimedRow[]): Run[] => {
  const lanes = new Map<string, Run>()
  for (const { bot_id: botId, id, lane } of rows.toSorted((a, b) => Number(a.seq) - Number(b.seq))) {
    const run = lanes.get(`${botId}/${lane}`) ?? { botId, ids: [] }
    run.ids.push(id)
    lanes.set(`${botId}/${lane}`, run)
  }
  return [...lanes.values()]
}
