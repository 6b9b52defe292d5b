/** There is no room, and there will not be any soon. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy'
}

export type TurnstileOptions = {
  /** how many may be inside */
  atOnce: number
  /** how many may wait */
  waitingMax: number
  /** how long each of them waits */
  waitMs: number
}

/** Lets so many in at once; the others wait their turn. */
export const turnstile = ({ atOnce, waitingMax, waitMs }: TurnstileOptions) => {
  const waiting: (() => void)[] = []
  let inside = 0
  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = (): void => {
        clearTimeout(timer)
        waiting.splice(waiting.indexOf(begin), 1)
        reject(new TooBusy())
      }
      const timer = setTimeout(giveUp, waitMs)
      signal.addEventListener('abort', giveUp, { once: true })
      waiting.push(begin)
    })
  return {
    /**
     * Comes in, at once or when somebody has left.
     * @returns how to leave; to do so twice is as good as once
     * @throws TooBusy when too many wait, when it takes too long, and once the signal is given
     */
    enter: async (signal: AbortSignal): Promise<() => void> => {
      if (inside < atOnce) inside++
      else if (waiting.length < waitingMax && !signal.aborted) await turn(signal)
      else throw new TooBusy()
      let isInside = true
      return () => {
        if (!isInside) return
        isInside = false
        const next = waiting.shift()
        if (next) next()
        else inside--
      }
    },
  }
}
