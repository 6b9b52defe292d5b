import { claimDeliveries, FIRST_BOT, type PlatformContext, queueDueDeliveries, type Run } from '@understudy/core'

export type Dispatch = {
  platform: PlatformContext
  /** hands runs to the workers */
  handOver: (runs: Run[]) => Promise<void>
  /** how many runs nobody has taken yet */
  backlog: () => Promise<number>
  /** told what went wrong; it is tried again */
  onError: (error: unknown) => void
}

export type Dispatcher = {
  /** Looks again at once: something was added, or somebody has become free. */
  wake: () => void
  close: () => Promise<void>
}

/** What is claimed lies in the queue, and its lease does not wait: no more than the workers take up in a moment. */
const BACKLOG_MAX = 500
const CLAIM_MAX = 200

/** A ring may get lost: this long it takes at most until somebody looks all the same. */
const LOOK_EVERY_MS = 1_000
const AFTER_ERROR_MS = 500

/** Takes out of the tables what is due and hands it to the workers, from now on. Every worker process may do so. */
export const startDispatcher = ({ platform, handOver, backlog, onError }: Dispatch): Dispatcher => {
  const closing = new AbortController()
  let called = false
  let stir = (): void => {}
  let after = FIRST_BOT

  const rest = async (ms: number): Promise<void> => {
    if (called || closing.signal.aborted) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      stir = resolve
      timer = setTimeout(resolve, ms)
    })
    clearTimeout(timer)
  }
  /** One look. @returns how long nothing more is to be done, in ms */
  const look = async (): Promise<number> => {
    const [nextDue, waiting] = await Promise.all([queueDueDeliveries(platform), backlog()])
    const room = Math.min(CLAIM_MAX, BACKLOG_MAX - waiting)
    if (room <= 0) return LOOK_EVERY_MS / 10
    const { runs, next } = await claimDeliveries(platform, after, room)
    after = next
    if (runs.length > 0) await handOver(runs)
    if (runs.length > 0 || next !== FIRST_BOT) return 0
    const untilDue = nextDue ? nextDue.getTime() - platform.clock.now().getTime() : LOOK_EVERY_MS
    return Math.min(Math.max(untilDue, 1), LOOK_EVERY_MS)
  }
  const work = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      called = false
      const pauseMs = await look().catch((error: unknown) => (onError(error), AFTER_ERROR_MS))
      if (pauseMs > 0) await rest(pauseMs)
    }
  }
  const working = work()
  const wake = (): void => {
    called = true
    stir()
  }
  return {
    wake,
    close: async () => {
      closing.abort()
      wake()
      await working
    },
  }
}
