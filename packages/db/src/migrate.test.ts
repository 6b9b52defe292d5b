import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { database } from '@understudy/testkit'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from './migrate.ts'

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** A folder of migrations, by their names. */
const folder = (migrations: Record<string, string>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'understudy-migrations-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(join(directory, name))
    writeFileSync(join(directory, name, 'migration.sql'), sql)
  }
  return directory
}

const LETTERS = 'create table letters (id int primary key, text text)'

test('while a migration waits for a table that somebody keeps, everybody else goes on with it', async () => {
  const { url } = await database({ migrated: false })
  const [keeper, other] = [await connect(url), await connect(url)]
  await migrate(url, folder({ '1': LETTERS }))
  await keeper.query('begin; select * from letters')

  const migrated = migrate(url, folder({ '1': LETTERS, '2': 'alter table letters add column stamp int' }))
  const waiting = () =>
    other.query(`select from pg_stat_activity where application_name = 'understudy-migrate' and wait_event_type = 'Lock'
      and datname = current_database()`)
  await expect.poll(async () => (await waiting()).rowCount).toBe(1)
  // It would wait behind the migration for as long as that waits.
  expect((await other.query('select * from letters')).rows).toEqual([])
  await keeper.query('commit')
  expect(await migrated).toEqual({ applied: ['2'] })
})

test('an index is created concurrently, once, by processes that start at once', async () => {
  const { url } = await database({ migrated: false })
  const directory = folder({
    '1': LETTERS,
    '2': `-- each statement by itself
drop index concurrently if exists letters_text;
create index concurrently letters_text on letters (text);
`,
  })
  const both = await Promise.all([migrate(url, directory), migrate(url, directory)])
  expect(both.flatMap(({ applied }) => applied)).toEqual(['1', '2'])
  const { rows } = await (await connect(url)).query(
    `select indisvalid from pg_index where indexrelid = 'letters_text'::regclass`,
  )
  expect(rows).toEqual([{ indisvalid: true }])
})

test('a migration that is no transaction begins again where it was cut off', async () => {
  const { url } = await database({ migrated: false })
  const client = await connect(url)
  const directory = folder({
    '1': LETTERS,
    '2': `-- each statement by itself
drop index concurrently if exists letters_text;
create unique index concurrently letters_text on letters (text);
`,
  })
  await migrate(url, folder({ '1': LETTERS }))
  await client.query(`insert into letters values (1, 'a'), (2, 'a')`)
  await expect(migrate(url, directory)).rejects.toThrow('letters_text')
  await client.query('delete from letters where id = 2')
  expect(await migrate(url, directory)).toEqual({ applied: ['2'] })
})
