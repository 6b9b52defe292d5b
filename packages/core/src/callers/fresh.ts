/** Answers that may be a little old. */
export type Fresh<Key, Value> = {
  /** The remembered answer if it is fresh enough, else what `load` says; callers at the same time share one load. */
  get: (key: Key) => Promise<Value | undefined>
  /** Forgets everything, including what is being loaded right now. */
  clear: () => void
}

const KEPT = 10_000

/**
 * Remembers what `load` answers for at most `maxAgeMs`; undefined, and what fails, is never remembered.
 */
export const fresh = <Key, Value>(
  load: (key: Key) => Promise<Value | undefined>,
  maxAgeMs: number,
): Fresh<Key, Value> => {
  type Entry = { answer: Promise<Value | undefined>; since: number }
  let entries = new Map<Key, Entry>()
  return {
    get: (key) => {
      const now = performance.now()
      const known = entries.get(key)
      if (known && now - known.since < maxAgeMs) return known.answer
      // Age counts from the start of the load: what it sees may be as old as that.
      const entry: Entry = { answer: load(key), since: now }
      const home = entries
      if (home.size >= KEPT) home.clear()
      home.set(key, entry)
      const forget = () => {
        if (home.get(key) === entry) home.delete(key)
      }
      entry.answer.then((value) => value === undefined && forget(), forget)
      return entry.answer
    },
    // A new map: loads under way finish into the old one.
    clear: () => {
      entries = new Map()
    },
  }
}
