import type { NewBot } from '@understudy/contract'
import type { Transaction } from '@understudy/db'
import { nextTick } from './cron.rules.ts'
import { recurringEventRepository } from './recurring-event.repository.ts'

/** What a bot declares of its recurring events, by name. */
export type RecurringEvents = NonNullable<NewBot['recurringEvents']>

/**
 * Keeps the times of a bot's recurring events in step with what it declares, in the transaction that changes that. One that
 * is new, or has another expression, comes at the first moment from now on; one whose expression is the same, when it would
 * have come anyway.
 */
export const followDefinition = (tx: Transaction, botId: string, events: RecurringEvents, now: Date): Promise<void> =>
  recurringEventRepository.follow(
    tx,
    botId,
    Object.entries(events).map(([name, { schedule }]) => ({
      name,
      cron: schedule.cron,
      due_at: nextTick(schedule.cron, now),
    })),
  )
