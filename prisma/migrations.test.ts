import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { migrate } from '@understudy/db'
import { database, MIGRATIONS } from '@understudy/testkit'
import pg from 'pg'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Prisma's own command line, on the engine stand-in. */
const prisma = async (url: string, ...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`${root}node_modules/prisma/build/index.js`, ...args],
    {
      cwd: root,
      env: { DATABASE_URL: url, CHECKPOINT_DISABLE: '1' },
    },
  )
  return stdout
}

const query = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

test('the migrations make exactly what the schema describes', async () => {
  const { url } = await database()
  const difference = await prisma(
    url,
    'migrate',
    'diff',
    '--from-config-datasource',
    '--to-schema',
    'prisma',
    '--script',
  )
  expect(difference).toContain('This is an empty migration')
})

test('Prisma’s own command line takes over a database that was migrated here', async () => {
  const { url } = await database()
  expect(await prisma(url, 'migrate', 'status')).toContain('Database schema is up to date')
})

test('two processes that start at once apply every migration once', async () => {
  const { url } = await database({ migrated: false })
  const both = await Promise.all([migrate(url, MIGRATIONS), migrate(url, MIGRATIONS)])
  const applied = both.flatMap((one) => one.applied)
  expect(applied.length).toBeGreaterThan(0)
  expect(new Set(applied).size).toBe(applied.length)
  expect(await migrate(url, MIGRATIONS)).toEqual({ applied: [] })
})

test.each([
  [
    'was migrated by a newer version',
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '99990101000000_future', now())`,
  ],
  ['in another wording', `update _prisma_migrations set checksum = 'x'`],
  ['stopped half-way', `update _prisma_migrations set finished_at = null`],
])('a database that %s is refused in one sentence and left alone', async (reason, damage) => {
  const { url } = await database()
  await query(url, damage)
  await expect(migrate(url, MIGRATIONS)).rejects.toMatchObject({
    name: 'OperatorError',
    message: expect.stringContaining(reason),
  })
})
