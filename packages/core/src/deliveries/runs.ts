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
import { failureReporter } from './report-failed.ts'

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

/** How long calls of the same kind are gathered before they go to the database together; longer while it is busy with others. */
const GATHERED_MS = 2
const BATCH_MAX = 200

/** A quick bot has answered by then, and a slow one has seen the call: two connections are not read in the order they were written. */
const SEEN_WITHIN_MS = 10

/** Three times within a lease: one lost round trip loses no lease. */
const RENEW_EVERY_MS = 3_000

const RETRY_AFTER_MS = 500

/** @param onMoved told whenever one is under way or ended: what follows it may go now, and it itself again when it is due */
export const openRuns = (platform: PlatformContext, onMoved: (botId: string, dueAt?: Date | null) => void): Runs => {
  const running = new Map<string, Attempt>()
  const reportFailed = failureReporter(platform)
  let closed = false
  // One after the other: two statements over the same rows in different orders could wait for each other.
  const writing = oneByOne()
  const beginning = oneByOne()
  const gathered = <Key, Value>(
    load: (keys: readonly Key[]) => Promise<Value[]>,
    { free, inTurn }: Turns,
    forMs = GATHERED_MS,
  ) =>
    new DataLoader<Key, Value>((keys) => inTurn(() => load(keys)), {
      cache: false,
      maxBatchSize: BATCH_MAX,
      batchScheduleFn: (go) => void setTimeout(() => void free().then(go), forMs),
    })
  const beginnings = gathered(async (wanted: readonly Attempt[]) => {
    const begun = new Map((await deliveryRepository.begin(platform, wanted)).map((row) => [row.runner, row]))
    return wanted.map(({ runner }) => begun.get(runner))
  }, beginning)
  const settlements = gathered(async (outcomes: readonly SettledRow[]) => {
    await deliveryRepository.settle(platform, outcomes)
    await reportFailed(outcomes)
    // For those who watch.
    platform.doorbell.ring([])
    return outcomes.map(() => true)
  }, writing)
  const departures = gathered(
    async (runners: readonly string[]) => {
      const still = runners.flatMap((runner) => running.get(runner) ?? [])
      if (still.length > 0) await deliveryRepository.underWay(platform, still)
      for (const { botId } of still) onMoved(botId)
      return runners.map(() => true)
    },
    writing,
    SEEN_WITHIN_MS,
  )
  const renew = setInterval(() => {
    // What cannot be renewed lapses, and is done again elsewhere.
    if (running.size > 0)
      void writing.inTurn(() => deliveryRepository.renew(platform, [...running.values()])).catch(() => {})
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
      onMoved(outcome.bot_id, outcome.due_at)
    },
    close: () => {
      closed = true
      clearInterval(renew)
    },
  }
}

type Turns = {
  /** Resolves when all that has its turn before now is done. */
  free: () => Promise<unknown>
  inTurn: <T>(act: () => Promise<T>) => Promise<T>
}

/** Lets acts wait for each other. */
const oneByOne = (): Turns => {
  let last: Promise<unknown> = Promise.resolve()
  return {
    free: () => last,
    inTurn: (act) => {
      const turn = last.then(act)
      last = turn.catch(() => {})
      return turn
    },
  }
}
