import { randomUUID } from 'node:crypto'
import { database } from '@understudy/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectDb, type Db } from './db.ts'
import { DatabaseUnavailable, UnstorableValue } from './translate-error.ts'

describe('a database that is away', () => {
  const db = connectDb({ url: 'postgres://postgres@127.0.0.1:1/nothing' })
  afterAll(() => db.close())

  test('is the same error from a statement, from Prisma and from a transaction of either', async () => {
    const statement = { name: 'test.one', text: 'select 1' }
    await expect(db.rows(statement, [])).rejects.toThrow(DatabaseUnavailable)
    await expect(db.atomically((rows) => rows(statement, []))).rejects.toThrow(DatabaseUnavailable)
    await expect(db.prisma.account.count()).rejects.toThrow(DatabaseUnavailable)
    await expect(db.transaction((tx) => tx.account.count())).rejects.toThrow(DatabaseUnavailable)
  })
})

test('a database that lets nobody in for now is away, to a statement and to Prisma', async () => {
  const { url } = await database()
  const role = `crowded_${randomUUID().replaceAll('-', '')}`
  const administrator = connectDb({ url })
  const administer = (text: string) => administrator.rows({ name: `test.${text}`, text }, [])
  await administer(`create role ${role} login password 'x' connection limit 0`)
  const db = connectDb({ url: Object.assign(new URL(url), { username: role, password: 'x' }).toString() })
  try {
    await expect(db.rows({ name: 'test.one', text: 'select 1' }, [])).rejects.toThrow(DatabaseUnavailable)
    await expect(db.prisma.account.count()).rejects.toThrow(DatabaseUnavailable)
  } finally {
    await db.close()
    await administer(`drop role ${role}`)
    await administrator.close()
  }
})

describe('a value no column can hold', () => {
  let db: Db
  beforeAll(async () => {
    db = connectDb({ url: (await database()).url })
  })
  afterAll(() => db.close())

  test('is the same error from a statement and from Prisma', async () => {
    const statement = { name: 'test.text', text: 'select $1::text' }
    await expect(db.rows(statement, ['\0'])).rejects.toThrow(UnstorableValue)
    await expect(db.prisma.account.count({ where: { email: '\0' } })).rejects.toThrow(UnstorableValue)
  })

  test('undoes the transaction it is in', async () => {
    const name = 'undone'
    const attempt = db.transaction(async (tx) => {
      await tx.serverFact.create({ data: { name, value: 'x' } })
      await tx.account.count({ where: { email: '\0' } })
    })
    await expect(attempt).rejects.toThrow(UnstorableValue)
    expect(await db.prisma.serverFact.count({ where: { name } })).toBe(0)
  })
})
