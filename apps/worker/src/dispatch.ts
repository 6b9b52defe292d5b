import {
  claimDeliveries,
  IN_FLIGHT_MAX,
  listLines,
  type Owed,
  type PlatformContext,
  queueDueDeliveries,
  type Run,
} from '@understudy/core'

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
  /** Something was added to the lines of these bots, or of any. */
  owed: (owed: Owed) => void
  /** A delivery of a bot is under way or over; it may be due again. */
  moved: (botId: string, dueAt?: Date | null) => void
  close: () => Promise<void>
}

/** What is claimed lies in the queue, and its lease does not wait: no more than the workers take up in a moment. */
const BACKLOG_MAX = 500
const CLAIM_MAX = 200
const BOTS_PER_CLAIM = 64

/** A ring may get lost, and a lease lapse: this long it takes at most until somebody looks all the same. */
const LOOK_EVERY_MS = 1_000
const WHILE_FULL_MS = 100
const AFTER_ERROR_MS = 500

/** A look costs more than what it finds. So it waits until half of what a bot may have in flight has moved, or this long. */
const WORTH_A_LOOK = IN_FLIGHT_MAX / 2
const PAUSE_MS = 5
/** Where there is always more than a bot can take, it has enough to do for longer. */
const PAUSE_WHILE_BUSY_MS = 20

/** When to look at the line of a bot. */
type Line = {
  at: number
  /** how long the look after that waits, if this one finds nothing: what holds the line up may be in another process */
  pauseMs: number
  /** how long after something moved it comes at the latest */
  gatherMs: number
  moves: number
}

/** Takes out of the tables what is due and hands it to the workers, from now on. Every worker process may do so. */
export const startDispatcher = ({ platform, handOver, backlog, onError }: Dispatch): Dispatcher => {
  const closing = new AbortController()
  const lines = new Map<string, Line>()
  let nextDue: Date | undefined
  // A round goes over all bots that have a line.
  let round = { at: 0, after: undefined as string | undefined }
  // What lay in the queue when it was asked last, and all that was put there since.
  let atMost = BACKLOG_MAX
  let restUntil = 0
  let stir = (): void => {}

  const lookAt = (botId: string, at: number): void => {
    const line = lines.get(botId)
    if (line) line.at = Math.min(line.at, at)
    else lines.set(botId, { at, pauseMs: PAUSE_MS, gatherMs: PAUSE_MS, moves: 0 })
    if (at < restUntil) stir()
  }
  const rest = async (until: number): Promise<void> => {
    restUntil = until
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      stir = resolve
      timer = setTimeout(resolve, Math.max(until - performance.now(), 0))
      if (closing.signal.aborted) resolve()
    })
    restUntil = 0
    clearTimeout(timer)
  }

  const goRound = async (): Promise<void> => {
    const { bots, next } = await listLines(platform, round.after)
    for (const botId of bots) lookAt(botId, 0)
    round = { at: performance.now() + (next === undefined ? LOOK_EVERY_MS : 0), after: next }
  }
  const queueDue = async (): Promise<void> => {
    nextDue = undefined
    const { bots, next } = await queueDueDeliveries(platform)
    for (const botId of bots) lookAt(botId, 0)
    due(next)
  }
  const due = (at: Date | undefined | null): void => {
    if (at && !(nextDue && nextDue <= at)) nextDue = at
  }
  const claim = async (looked: [string, Line][], room: number): Promise<void> => {
    for (const [botId] of looked) lines.delete(botId)
    const bots = looked.map(([botId]) => botId)
    const { runs, more } = await claimDeliveries(platform, bots, room)
    const taken = new Set(runs.map(({ botId }) => botId))
    const isOver = runs.reduce((sum, { ids }) => sum + ids.length, 0) >= room
    const before = new Map(looked)
    for (const botId of more) {
      const last = before.get(botId) ?? { pauseMs: PAUSE_MS, gatherMs: PAUSE_MS }
      const gatherMs = taken.has(botId) ? Math.min(last.gatherMs * 2, PAUSE_WHILE_BUSY_MS) : last.gatherMs
      const pauseMs = isOver ? 0 : taken.has(botId) ? gatherMs : last.pauseMs
      const line = {
        at: performance.now() + pauseMs,
        pauseMs: Math.min(Math.max(pauseMs, PAUSE_MS) * 2, LOOK_EVERY_MS),
        gatherMs,
        moves: 0,
      }
      // What was rung for meanwhile is looked at without a pause.
      if (!lines.has(botId)) lines.set(botId, line)
    }
    if (runs.length === 0) return
    atMost += runs.length
    await handOver(runs)
  }
  /** How much may be claimed; the queue is asked only when it might be full. */
  const roomNow = async (): Promise<number> => {
    if (atMost + CLAIM_MAX > BACKLOG_MAX) atMost = await backlog()
    return Math.min(CLAIM_MAX, BACKLOG_MAX - atMost)
  }
  /** @returns when there is something to do again */
  const look = async (): Promise<number> => {
    const isRound = round.at <= performance.now()
    if ((isRound && round.after === undefined) || (nextDue && nextDue <= platform.clock.now())) await queueDue()
    if (isRound) await goRound()
    const now = performance.now()
    const ready = [...lines].filter(([, { at }]) => at <= now).slice(0, BOTS_PER_CLAIM)
    if (ready.length > 0) {
      const room = await roomNow()
      if (room <= 0) return now + WHILE_FULL_MS
      await claim(ready, room)
    }
    const untilDue = nextDue ? nextDue.getTime() - platform.clock.now().getTime() : LOOK_EVERY_MS
    let next = Math.min(round.at, performance.now() + Math.max(untilDue, 0))
    for (const { at } of lines.values()) next = Math.min(next, at)
    return next
  }
  const work = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const until = await look().catch((error: unknown) => {
        onError(error)
        // Whatever was in hand is found again.
        round = { at: 0, after: undefined }
        return performance.now() + AFTER_ERROR_MS
      })
      if (until > performance.now()) await rest(until)
    }
  }
  const working = work()
  return {
    owed: (bots) => {
      if (bots === undefined) {
        round = { at: 0, after: undefined }
        stir()
      } else for (const botId of bots) lookAt(botId, 0)
    },
    moved: (botId, dueAt) => {
      if (dueAt) {
        due(dueAt)
        stir()
      }
      const line = lines.get(botId)
      if (!line) return
      line.moves += 1
      lookAt(botId, line.moves >= WORTH_A_LOOK ? 0 : performance.now() + line.gatherMs)
    },
    close: async () => {
      closing.abort()
      stir()
      await working
    },
  }
}
