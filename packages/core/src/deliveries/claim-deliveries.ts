import type { PlatformContext } from '../context.ts'
import { type ClaimedRow, deliveryRepository } from './delivery.repository.ts'

/** What one worker is to do in one go: deliveries to one receiver of one conversation, in their order. */
export type Run = { botId: string; ids: string[] }

/** Where a round of the bots begins: before all of them. */
export const FIRST_BOT = '00000000-0000-0000-0000-000000000000'

/** As many as a bot has in flight at the same time: one that hangs holds no more than these. */
const PER_BOT = 50
const BOTS_PER_CLAIM = 64

/**
 * Takes deliveries whose turn it is out of their lines, for as long as a lease. Several processes may claim at the same
 * time.
 * @param after the bot to go on after, from the claim before
 * @param limit at most so many deliveries
 */
export const claimDeliveries = async (
  platform: PlatformContext,
  after: string,
  limit: number,
): Promise<{ runs: Run[]; next: string }> => {
  const rows = await deliveryRepository.claim(platform, after, { bots: BOTS_PER_CLAIM, limit, perBot: PER_BOT })
  const next = rows.find(({ id }) => id === null)?.bot_id ?? FIRST_BOT
  return { runs: runsOf(rows.filter((row): row is ClaimedRow => row.id !== null)), next }
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
