import type { Db, Statement } from '@understudy/db'

/** The bots whose deliveries are ready to go; undefined: nobody knows, so it may be any, also later. */
export type Owed = readonly string[] | undefined

/** What to ring for after something was written for a bot: for it alone, or so that all look when its time comes. */
export const owedTo = (botId: string, scheduledAt: Date | undefined): Owed => (scheduledAt ? undefined : [botId])

/** Tells everybody who waits for something new, in whatever process, that there is some. */
export type Doorbell = {
  /**
   * Called after every commit that somebody may wait for; never awaited, and harmless when nobody listens.
   * @param owed whose deliveries are ready to go since then; none where there is only something to see
   */
  ring(owed?: Owed): void
  /** Calls `heard` after a ring, and whenever one may have been missed. @returns what ends that */
  listen(heard: (owed: Owed) => void): Promise<() => void>
}

const CHANNEL = 'understudy_doorbell'
const RING: Statement = { name: 'doorbell.ring', text: `select pg_notify('${CHANNEL}', $1)` }

/** At most one NOTIFY in so many ms and process: one per commit would make commits wait for each other. */
const PAUSE_MS = 3

/** PostgreSQL takes up to 8000 bytes. */
const NAMED_MAX = 200
const ANYBODY = '*'

const written = (owed: ReadonlySet<string> | undefined): string =>
  owed && owed.size <= NAMED_MAX ? [...owed].join(' ') : ANYBODY

const read = (payload: string): Owed => (payload === ANYBODY ? undefined : payload.split(' ').filter(Boolean))

export const createDoorbell = ({ rows, listen }: Pick<Db, 'rows' | 'listen'>): Doorbell => {
  let pausing = false
  let again = false
  let gathered: Set<string> | undefined = new Set()
  const heard = new Set<(owed: Owed) => void>()
  let listening: Promise<void> | undefined
  const tell = (owed: Owed): void => {
    for (const one of heard) one(owed)
  }
  const send = (): void => {
    pausing = true
    again = false
    // A ring that gets lost is made up for: whoever listens also looks by itself from time to time.
    void rows(RING, [written(gathered)]).catch(() => {})
    gathered = new Set()
    setTimeout(() => {
      pausing = false
      if (again) send()
    }, PAUSE_MS).unref()
  }
  return {
    ring: (owed) => {
      again = true
      if (!owed) gathered = undefined
      else for (const botId of owed) gathered?.add(botId)
      if (!pausing) send()
    },
    listen: async (one) => {
      heard.add(one)
      listening ??= listen(
        CHANNEL,
        (payload) => tell(read(payload)),
        () => tell(undefined),
      )
      await listening
      return () => void heard.delete(one)
    },
  }
}
