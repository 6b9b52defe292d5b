import { database } from '@understudy/testkit'
import { expect, onTestFinished, test } from 'vitest'
import { connectDb } from './db.ts'

test.each([
  ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
  ['2026-01-02T03:04:05.6Z', '2026-01-02T03:04:05.600Z'],
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04:05.05+02:00', '2026-01-02T01:04:05.050Z'],
])('the moment %s is read as %s', async (written, read) => {
  const { url } = await database({ migrated: false })
  const db = connectDb({ url })
  onTestFinished(db.close)
  const statement = { name: 'test.moment', text: 'select $1::timestamptz(3) as moment' }
  expect(await db.one(statement, [written])).toEqual({ moment: read })
})
