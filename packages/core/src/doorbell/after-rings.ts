import type { Doorbell } from './doorbell.ts'

/** However often it rings, nobody looks more often than this, nor less often than that. */
const PAUSE_MS = 50
const LOOK_EVERY_MS = 5_000

/** Comes round whenever there may be something new, until the signal ends it: many rings while one looks are one. */
export async function* afterRings(doorbell: Doorbell, signal: AbortSignal): AsyncGenerator<void> {
  let rung = false
  let stir = (): void => {}
  const heard = (): void => {
    rung = true
    stir()
  }
  const deaf = await doorbell.listen(heard)
  signal.addEventListener('abort', () => stir(), { once: true })
  try {
    while (!signal.aborted) {
      if (!rung) await until(LOOK_EVERY_MS, (resolve) => (stir = resolve))
      await until(PAUSE_MS, () => {})
      rung = false
      if (!signal.aborted) yield
    }
  } finally {
    deaf()
  }
}

const until = async (ms: number, wakeable: (resolve: () => void) => void): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  await new Promise<void>((resolve) => {
    wakeable(resolve)
    timer = setTimeout(resolve, ms)
  })
  clearTimeout(timer)
}
