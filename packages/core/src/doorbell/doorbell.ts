import type { Db, Statement } from '@understudy/db'

/** Tells everybody who waits for something new, in whatever process, that there is some. */
export type Doorbell = {
  /** Called after every commit that somebody may wait for; never awaited, and harmless when nobody listens. */
  ring(): void
  /** Calls `heard` after a ring, and whenever one may have been missed. @returns what ends that */
  listen(heard: () => void): Promise<() => void>
}

const CHANNEL = 'understudy_doorbell'
const RING: Statement = { name: 'doorbell.ring', text: `select pg_notify('${CHANNEL}', '')` }

/** At most one NOTIFY in so many ms and process: one per commit would make commits wait for each other. */
const PAUSE_MS = 3

export const createDoorbell = ({ rows, listen }: Pick<Db, 'rows' | 'listen'>): Doorbell => {
  let pausing = false
  let again = false
  const heard = new Set<() => void>()
  let listening: Promise<void> | undefined
  const tell = (): void => {
    for (const one of heard) one()
  }
  const ring = (): void => {
    again = pausing
    if (pausing) return
    pausing = true
    // A ring that gets lost is made up for: whoever listens also looks by itself from time to time.
    void rows(RING, []).catch(() => {})
    setTimeout(() => {
      pausing = false
      if (again) ring()
    }, PAUSE_MS).unref()
  }
  return {
    ring,
    listen: async (one) => {
      heard.add(one)
      listening ??= listen(CHANNEL, tell, tell)
      await listening
      return () => void heard.delete(one)
    },
  }
}
