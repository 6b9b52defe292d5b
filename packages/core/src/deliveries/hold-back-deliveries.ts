import type { Db, Statement } from '@understudy/db'

// The same names as in `claim_deliveries`, and in the statements of deliveryRepository.
const HOLD_BACK: Statement = {
  name: 'deliveries.hold-back',
  text: `
    select pg_advisory_xact_lock(hashtextextended('claim/' || $1::uuid, 0)),
      pg_advisory_xact_lock(hashtextextended('deliveries/' || $1::uuid, 0))`,
}

/**
 * Keeps what is owed to a bot from being claimed, begun and settled until the transaction ends, and waits for whoever is at
 * it: those pass over it then, and wait for nobody. To be called before anything of the bot's chat is held.
 */
export const holdBackDeliveries = async (rows: Db['rows'], botId: string): Promise<void> =>
  void (await rows(HOLD_BACK, [botId]))
