import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { newId } from '../ids.ts'

const EXPIRE: Statement = { name: 'states.expire', text: 'select expire_states($1, $2) as expired' }

/**
 * Removes states of all bots that have been idle for longer than their expiry, and leaves each bot its `state_expired`
 * event. Safe to run twice and side by side.
 * @param atMost how many in one go
 * @returns how many it were
 */
export const expireStates = async ({ db, clock }: PlatformContext, atMost: number): Promise<number> => {
  const eventIds = Array.from({ length: atMost }, () => newId('evt'))
  return (await db.one<{ expired: number }>(EXPIRE, [eventIds, clock.now()])).expired
}
