import type { Db } from '@understudy/db'
import type { Clock } from '../clock.ts'
import { newUuid } from '../ids.ts'
import { type ClockSetting, clockRepository } from './clock.repository.ts'

/** A clock that all processes of a server share and that tests may set. */
export type TestClock = Clock & {
  /** How it is set, as far as this process knows. */
  setting(): ClockSetting
  /** Sets it for all processes. @returns when those that live have taken that over */
  set(change: (now: ClockSetting) => Pick<ClockSetting, 'offsetMs' | 'frozenAt'>): Promise<void>
  /** Calls `moved` whenever it is set. */
  onMove(moved: () => void): void
  close(): Promise<void>
}

/** Also the sign of life: who was not seen for three of these is gone. */
const BEAT_MS = 1_000
const LIVE_MS = 3 * BEAT_MS
const LOOK_EVERY_MS = 15

/** The machine's time until somebody sets it. It goes on from where it was set, or stands still. */
export const timeOf = ({ offsetMs, frozenAt }: Pick<ClockSetting, 'offsetMs' | 'frozenAt'>, wallMs: number): Date =>
  frozenAt === null ? new Date(wallMs + offsetMs) : new Date(frozenAt)

export const openTestClock = async (db: Db): Promise<TestClock> => {
  const id = newUuid()
  const listeners = new Set<() => void>()
  let current: ClockSetting = { version: 0, offsetMs: 0, frozenAt: null }
  const follow = async (): Promise<void> => {
    const known = current.version
    current = (await clockRepository.read(db)) ?? current
    if (current.version !== known) for (const moved of listeners) moved()
    await clockRepository.acknowledge(db, id, current.version, new Date())
  }
  // What is missed here the next beat makes up for.
  const followSoon = (): void => void follow().catch(() => {})
  await follow()
  await clockRepository.listen(db, followSoon)
  const beat = setInterval(followSoon, BEAT_MS)

  return {
    now: () => timeOf(current, Date.now()),
    setting: () => current,
    set: async (change) => {
      const { version } = await clockRepository.write(db, (now) => ({ ...change(now), version: now.version + 1 }))
      await follow()
      while ((await clockRepository.laggards(db, version, new Date(Date.now() - LIVE_MS))) > 0)
        await new Promise((again) => setTimeout(again, LOOK_EVERY_MS))
    },
    onMove: (moved) => void listeners.add(moved),
    close: async () => {
      clearInterval(beat)
      await clockRepository.leave(db, id).catch(() => {})
    },
  }
}
