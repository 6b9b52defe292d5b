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

test('a statement goes on while a migration gives its table another column', async () => {
  const { url } = await database({ migrated: false })
  const db = connectDb({ url })
  onTestFinished(db.close)
  const run = (text: string) => db.prisma.$executeRawUnsafe(text)
  await run('create table letters (id int primary key)')
  await run('insert into letters values (1)')
  const all = { name: 'test.letters', text: 'select * from letters' }
  // On every connection of the pool.
  const everybody = () => Promise.all(Array.from({ length: 30 }, () => db.one(all, [])))
  await everybody()
  for (const columns of [['a'], ['a', 'b']]) {
    await run(`alter table letters add column ${columns.at(-1)} int`)
    const row = Object.fromEntries([['id', 1], ...columns.map((column) => [column, null])])
    expect(await everybody()).toEqual(Array.from({ length: 30 }, () => row))
  }
})

test('a transaction that a migration comes in between of is refused as a whole, and the next one goes through', async () => {
  const { url } = await database({ migrated: false })
  const db = connectDb({ url, poolSize: 1 })
  onTestFinished(db.close)
  const run = (text: string) => db.prisma.$executeRawUnsafe(text)
  await run('create table letters (id int primary key)')
  const insert = { name: 'test.insert', text: 'insert into letters (id) values ($1) returning *' }
  await db.row(insert, [1])
  await run('alter table letters add column a int')
  const another = () => db.atomically((rows) => rows(insert, [2]))
  await expect(another()).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
  expect(await another()).toEqual([{ id: 2, a: null }])
})
