/** Who is called at this path gets no answer before everybody is let go. */
export const HANGING = '/hanging'

/** What the sink is asked over IPC, one question at a time. */
export type Question =
  /** forget what came so far, except for who hangs; keep whole posts, or only count */
  | { ask: 'begin'; keep: boolean }
  /** how it went, as soon as so many were answered and so many hang */
  | { ask: 'tell'; answered: number; hanging: number }
  /** answer those who hang, and let nobody hang until it begins again */
  | { ask: 'letGo' }

/** A post that was answered: when it was heard, on the clock of `nowMs`. */
export type Post = { atMs: number; path: string; headers: Record<string, string>; body: string }

export type Heard = {
  firstAtMs: number
  lastAtMs: number
  /** open at the moment */
  connections: number
  posts: Post[]
}

/** A clock that processes of one machine share, finer than a millisecond. */
export const nowMs = (): number => performance.timeOrigin + performance.now()
