import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { migrate } from '@understudy/db'
import { database, MIGRATIONS } from '@understudy/testkit'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'

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

/** The migrations before this one, in a directory of their own. */
const migrationsBefore = (name: string): string => {
  const directory = mkdtempSync(join(tmpdir(), 'understudy-migrations-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const one of readdirSync(MIGRATIONS).filter((other) => other < name || other.endsWith('.toml')))
    cpSync(join(MIGRATIONS, one), join(directory, one), { recursive: true })
  return directory
}

test('of a database that is in use, the emulator of the first run becomes native, and nothing else', async () => {
  const { url } = await database({ migrated: false })
  await migrate(url, migrationsBefore('20261124155000_emulator'))
  const ids = { owner: randomUUID(), workspace: randomUUID(), emulator: randomUUID(), other: randomUUID() }
  const integration = (family: string, name: string) => `
    insert into integration_families (id, workspace_id, name, created_at) values ('${family}', '${ids.workspace}', '${name}', now());
    insert into integrations (id, family_id, version, title, description, dev, visibility, lifecycle_status, verification_status,
      definition, attributes, sealed_signing_secret, sealed_secrets, created_at, updated_at)
    values ('${family}', '${family}', '1.0.0', '', '', false, 'public', '', '', '{}', '{}', '', '', now(), now());`
  await query(
    url,
    `insert into accounts (id, email, email_verified, created_at) values ('${ids.owner}', 'a@b.c', true, now());
    insert into workspaces (id, name, owner_id, account_type, plan, spending_limit, created_at, updated_at)
    values ('${ids.workspace}', '', '${ids.owner}', 'free', 'community', 0, now(), now());
    ${integration(ids.emulator, 'emulator')} ${integration(ids.other, 'other')}
    insert into server_facts (name, value) values ('canary', 'not JSON'),
      ('first-run', '${JSON.stringify({ emulatorIntegrationId: ids.emulator })}');`,
  )
  await migrate(url, MIGRATIONS)
  expect(await query(url, 'select name, native from integration_families order by name')).toEqual([
    { name: 'emulator', native: true },
    { name: 'other', native: false },
  ])
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
