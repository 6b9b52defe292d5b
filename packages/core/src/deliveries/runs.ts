import DataLoader from 'dataloader'
import type { PlatformContext } from '../context.ts'
import { newUuid } from '../ids.ts'
import {
  type Attempt,
  type BegunRow,
  type DeliveryReference,
  deliveryRepository,
  type SettledRow,
} from './delivery.repository.ts'

/** The attempts that run in this process, and their rows: many at once in one round trip. */
export type Runs = {
  /** Begins an attempt, unless another is alive or nothing is to be done any more. From now on its lease is kept alive. */
  begin(delivery: DeliveryReference): Promise<BegunRow | undefined>
  /**
   * Says that its call went out, so that what comes after it in its conversation may go. Settling says it as well: who
   * answers at once saves a write.
   * @returns when the next call may go out: the receiver has had a moment to see this one before it
   */
  underWay(row: BegunRow): Promise<void>
  /** Writes down what became of it, however long the database may be away. */
  settle(outcome: SettledRow): Promise<void>
  /** Lets the leases lapse. Call it when nothing runs any more. */
  close(): void
}

/** How long calls of the same kind are gathered before they go to the database together. */
const GATHERED_MS = 2
const BATCH_MAX = 100

/** A quick bot has answered by then, and a slow one has seen the call: two connections are not read in the order they were written. */
const SEEN_WITHIN_MS = 10

/** Three times within a lease: one lost round trip loses no lease. */
const RENEW_EVERY_MS = 3_000

const RETRY_AFTER_MS = 500

/** @param onMoved told whenever one is under way or ended: the next in its line may be free to go */
export const openRuns = (platform: PlatformContext, onMoved: () => void): Runs => {
  const running = new Map<string, Attempt>()
  let closed = false
  // One after the other: two statements over the same rows in different orders could wait for each other.
  let writing: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(write: () => Promise<T>): Promise<T> => {
    const turn = writing.then(write, write)
    writing = turn.catch(() => {})
    return turn
  }
  const gathered = <Key, Value>(load: (keys: readonly Key[]) => Promise<Value[]>, forMs = GATHERED_MS) =>
    new DataLoader<Key, Value>(load, {
      cache: false,
      maxBatchSize: BATCH_MAX,
      batchScheduleFn: (go) => void setTimeout(go, forMs),
    })
  const beginnings = gathered(async (wanted: readonly Attempt[]) => {
    const begun = new Map((await deliveryRepository.begin(platform, wanted)).map((row) => [row.runner, row]))
    return wanted.map(({ runner }) => begun.get(runner))
  })
  const settlements = gathered(async (outcomes: readonly SettledRow[]) => {
    await inTurn(() => deliveryRepository.settle(platform, outcomes))
    // For those who watch.
    platform.doorbell.ring()
    return outcomes.map(() => true)
  })
  const departures = gathered(async (runners: readonly string[]) => {
    const still = runners.flatMap((runner) => running.get(runner) ?? [])
    if (still.length > 0) await inTurn(() => deliveryRepository.underWay(platform, still))
    onMoved()
    return runners.map(() => true)
  }, SEEN_WITHIN_MS)
  const renew = setInterval(() => {
    // What cannot be renewed lapses, and is done again elsewhere.
    if (running.size > 0) void inTurn(() => deliveryRepository.renew(platform, [...running.values()])).catch(() => {})
  }, RENEW_EVERY_MS)

  return {
    begin: async (delivery) => {
      const runner = newUuid()
      const row = await beginnings.load({ ...delivery, runner })
      if (!row) return undefined
      running.set(runner, { ...delivery, runner })
      return row
    },
    // What follows waits for the answer, or for the lease, where this cannot be written.
    underWay: async ({ runner }) => void (await departures.load(runner).catch(() => {})),
    settle: async (outcome) => {
      for (;;) {
        try {
          await settlements.load(outcome)
          break
        } catch (error) {
          if (closed) throw error
          await new Promise((again) => setTimeout(again, RETRY_AFTER_MS))
        }
      }
      running.delete(outcome.runner)
      onMoved()
    },
    close: () => {
      closed = true
      clearInterval(renew)
    },
  }
}
