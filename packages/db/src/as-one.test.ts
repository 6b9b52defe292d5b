import { randomUUID } from 'node:crypto'
import { database } from '@understudy/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDb, type Db, type Statement } from './db.ts'
import { DatabaseUnavailable } from './translate-error.ts'

let db: Db
beforeAll(async () => {
  db = connectDb({ url: (await database()).url })
})
afterAll(() => db.close())

const ADD: Statement = { name: 'test.add', text: 'insert into server_facts (name, value) values ($1, $2)' }
const NAMES: Statement = { name: 'test.names', text: 'select name from server_facts where value = $1 order by name' }

const namesOf = async (value: string, one = db) =>
  (await one.rows<{ name: string }>(NAMES, [value])).map(({ name }) => name)

/** Writes one fact in each of the ways there are. */
const writeEveryWay = async (one: Db, value: string) => {
  await one.rows(ADD, [`${value} statement`, value])
  await one.atomically((rows) => rows(ADD, [`${value} atomically`, value]))
  await one.prisma.serverFact.create({ data: { name: `${value} prisma`, value } })
  await one.transaction((tx) => tx.serverFact.create({ data: { name: `${value} transaction`, value } }))
  await one.asOne((inner) => inner.rows(ADD, [`${value} within`, value]))
}
const WAYS = ['atomically', 'prisma', 'statement', 'transaction', 'within']

test('statements, transactions and Prisma see each other’s work at once, and everybody else when all is done', async () => {
  const value = randomUUID()
  await db.asOne(async (one) => {
    await writeEveryWay(one, value)
    expect(await namesOf(value, one)).toHaveLength(WAYS.length)
    expect(await one.prisma.serverFact.count({ where: { value } })).toBe(WAYS.length)
    expect(await namesOf(value)).toEqual([])
  })
  expect(await namesOf(value)).toEqual(WAYS.map((way) => `${value} ${way}`))
})

test('what is thrown at the end undoes all of it, and the connection goes on', async () => {
  const value = randomUUID()
  const failing = db.asOne(async (one) => {
    await writeEveryWay(one, value)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await namesOf(value)).toEqual([])
})

test.each(['atomically', 'transaction', 'asOne'] as const)('what %s undoes inside is undone alone', async (way) => {
  const value = randomUUID()
  await db.asOne(async (one) => {
    await one.rows(ADD, [`${value} before`, value])
    const fail = async () => {
      throw new Error('no')
    }
    const inside = {
      atomically: () => one.atomically((rows) => rows(ADD, [`${value} inside`, value]).then(fail)),
      transaction: () => one.transaction((tx) => tx.serverFact.create({ data: { name: value, value } }).then(fail)),
      asOne: () => one.asOne((inner) => inner.rows(ADD, [`${value} inside`, value]).then(fail)),
    }
    await expect(inside[way]()).rejects.toThrow('no')
    await one.rows(ADD, [`${value} after`, value])
  })
  expect(await namesOf(value)).toEqual([`${value} after`, `${value} before`])
})

test.each(['atomically', 'asOne'] as const)(
  'a connection that breaks in %s fails what it was doing, and nothing else',
  async (way) => {
    const value = randomUUID()
    const CUT: Statement = { name: 'test.cut', text: 'select pg_terminate_backend(pg_backend_pid())' }
    const breaking = async (rows: (statement: Statement, values: string[]) => Promise<object[]>) => {
      await rows(ADD, [value, value])
      await expect(rows(CUT, [])).rejects.toThrow(DatabaseUnavailable)
      await rows(ADD, [`${value} again`, value])
    }
    const broken = {
      atomically: () => db.atomically(breaking),
      asOne: () => db.asOne((one) => breaking((...call) => one.rows(...call))),
    }
    await expect(broken[way]()).rejects.toThrow(DatabaseUnavailable)
    expect(await namesOf(value)).toEqual([])
  },
)
