import { setTimeout as pause } from 'node:timers/promises'
import type { Doorbell } from './doorbell.ts'

/** What a look found, and whether there is more than fitted into it. */
export type Look<T> = { found: readonly T[]; more: boolean }

/** However often it rings, a follower looks no oftener than this. */
const PAUSE_MS = 50

/** A ring may get lost, and time alone makes something new now and then: a follower also looks by itself. */
const LOOK_MS = 1000

/**
 * Yields what `look` finds, at once, after every ring and from time to time, until the signal ends it. It looks again only
 * when everything it found has been taken.
 * @throws what `look` throws
 */
export async function* follow<T>(
  doorbell: Doorbell,
  signal: AbortSignal,
  look: () => Promise<Look<T>>,
): AsyncGenerator<T, void> {
  let rung = false
  let wake = (): void => {}
  const hear = (): void => {
    rung = true
    wake()
  }
  const silence = await doorbell.listen(hear)
  signal.addEventListener('abort', hear)
  try {
    while (!signal.aborted) {
      rung = false
      const { found, more } = await look()
      yield* found
      if (more) continue
      await pause(PAUSE_MS, undefined, { signal }).catch(() => {})
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LOOK_MS)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
    }
  } finally {
    silence()
    signal.removeEventListener('abort', hear)
  }
}
