import { connectDb } from '@understudy/db'
import { database } from '@understudy/testkit'
import { expect, test } from 'vitest'
import { openTestClock } from './test-clock.ts'

/** More than a process has connections. */
const SETTERS = 30

test('however many set it at once, all of them do, one after the other', async () => {
  const db = connectDb({ url: (await database()).url })
  const clock = await openTestClock(db)
  try {
    await clock.set(() => ({ offsetMs: 0, frozenAt: null }))
    const later = () => clock.set(({ offsetMs }) => ({ offsetMs: offsetMs + 1000, frozenAt: null }))
    await Promise.all(Array.from({ length: SETTERS }, later))
    expect(clock.setting()).toMatchObject({ version: SETTERS + 1, offsetMs: SETTERS * 1000 })
  } finally {
    await clock.close()
    await db.close()
  }
})
