/** Places for processes: so many, and no more. */
export type Room = {
  /** Resolves when there is a place, which is then taken. */
  take: () => Promise<void>
  give: () => void
  /** whether somebody waits for a place */
  readonly isWanted: boolean
}

/** @param makeRoom asked when there is no place: gives one soon, if it can */
export const createRoom = (places: number, makeRoom: () => void): Room => {
  const waiting: (() => void)[] = []
  let taken = 0
  return {
    take: async () => {
      if (taken < places) {
        taken++
        return
      }
      // The place is handed over: it stays taken.
      const mine = new Promise<void>((resolve) => waiting.push(resolve))
      makeRoom()
      await mine
    },
    give: () => {
      const next = waiting.shift()
      if (next) next()
      else taken--
    },
    get isWanted() {
      return waiting.length > 0
    },
  }
}
