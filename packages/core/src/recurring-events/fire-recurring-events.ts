import type { PlatformContext } from '../context.ts'
import { newId } from '../ids.ts'
import { latestTick, nextTick } from './cron.rules.ts'
import { type DueRow, recurringEventRepository, type Tick } from './recurring-event.repository.ts'

const BATCH = 200

/**
 * Leaves each bot the recurring events whose time has come. However many of its moments passed since the last one, it is one
 * event. Bots that are blocked get none. Safe to run twice and side by side.
 * @returns how many events there were
 */
export const fireRecurringEvents = async (platform: PlatformContext): Promise<number> => {
  let total = 0
  for (;;) {
    const due = await recurringEventRepository.due(platform, BATCH)
    if (due.length === 0) break
    const { moved, fired } = await recurringEventRepository.fire(platform, ticksOf(due, platform.clock.now()))
    total += fired
    // Others are at the rest, or have a bot of it in hand: there will be another look.
    if (due.length < BATCH || moved === 0) break
  }
  if (total > 0) platform.doorbell.ring()
  return total
}

const ticksOf = (due: readonly DueRow[], now: Date): Tick[] =>
  due.map(({ bot_id: botId, name, cron, due_at: dueAt }) => ({
    ...{ botId, name, dueAt },
    nextAt: nextTick(cron, now).toISOString(),
    // A time that is none of its moments was written down by a migration: there may be none since.
    eventId: latestTick(cron, now).getTime() >= Date.parse(dueAt) ? newId('evt') : null,
  }))
