import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { DatabaseUnavailable, translateDatabaseError } from './translate-error.ts'

/** The database is not what this version of the server can work with. One sentence for the operator. */
class UnusableSchema extends Error {
  override readonly name = 'OperatorError'
}

type Migration = { name: string; sql: string; checksum: string }
type Recorded = { migration_name: string; checksum: string; finished_at: Date | null; rolled_back_at: Date | null }

// Any number, the same in every process of ours.
const LOCK = 7_021_949

/** How long a statement may wait for a table, since whoever wants that table afterwards waits behind it; and how often it tries. */
const LOCK_TIMEOUT_MS = 1_000
const LOCK_PAUSE_MS = 1_000
const LOCK_TRIES = 60
const LOCK_NOT_AVAILABLE = '55P03'

/** Of processes that want the same, one migrates, and the others look again after so long. */
const TURN_PAUSE_MS = 200

/**
 * The first line of a migration that is no transaction, such as one that creates an index concurrently. Its statements end with
 * a line, and are run again from the first one where they were cut off.
 */
const EACH_BY_ITSELF = '-- each statement by itself\n'

/** Prisma's own table, as Prisma makes it: `prisma migrate status` and `deploy` stay usable. */
const PRISMA_TABLE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`

/**
 * Brings a database up to date. One query when there is nothing to do; else each pending migration in a transaction of its
 * own, or statement by statement where it says so, while other processes that want the same wait.
 * @param directory Prisma's `migrations` folder
 * @returns the names of the migrations that were applied now
 * @throws UnusableSchema for a database that is newer, was changed behind our back, or stopped half-way;
 *   DatabaseUnavailable
 */
export const migrate = async (connectionString: string, directory: string): Promise<{ applied: string[] }> => {
  const known = await readMigrations(directory)
  const client = new pg.Client({ connectionString, application_name: 'understudy-migrate' })
  client.on('error', () => {})
  await client.connect().catch(({ message }: Error) => {
    throw new DatabaseUnavailable(message)
  })
  try {
    if (pending(known, await recorded(client)).length === 0) return { applied: [] }
    // To wait inside of a statement would hold up whoever creates an index concurrently.
    while (!(await takeTurn(client))) await pause(TURN_PAUSE_MS)
    await client.query(PRISMA_TABLE)
    const todo = pending(known, await recorded(client))
    for (const migration of todo) await apply(client, migration)
    return { applied: todo.map(({ name }) => name) }
  } finally {
    // Ending the session releases the lock.
    await client.end()
  }
}

const readMigrations = async (directory: string): Promise<Migration[]> => {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

const UNDEFINED_TABLE = '42P01'

const recorded = async (client: pg.Client): Promise<Recorded[]> => {
  try {
    const { rows } = await client.query<Recorded>(
      'select migration_name, checksum, finished_at, rolled_back_at from _prisma_migrations where rolled_back_at is null',
    )
    return rows
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return []
    return translateDatabaseError(error)
  }
}

/** What is still to be applied. @throws UnusableSchema */
const pending = (known: Migration[], done: Recorded[]): Migration[] => {
  for (const { migration_name: name, checksum, finished_at: finishedAt } of done) {
    const migration = known.find((one) => one.name === name)
    if (!migration)
      throw new UnusableSchema(`The database was migrated by a newer version of Understudy ("${name}"): use that one.`)
    if (!finishedAt)
      throw new UnusableSchema(
        `The migration "${name}" stopped half-way: settle it with \`prisma migrate resolve\`, then start again.`,
      )
    if (migration.checksum !== checksum)
      throw new UnusableSchema(`The migration "${name}" was applied to this database in another wording.`)
  }
  return known.filter(({ name }) => !done.some((one) => one.migration_name === name))
}

const takeTurn = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK])
  return rows[0]?.mine === true
}

const apply = async (client: pg.Client, migration: Migration): Promise<void> => {
  if (migration.sql.startsWith(EACH_BY_ITSELF)) {
    for (const statement of migration.sql.split(/;$/m)) await client.query(statement)
    return record(client, migration)
  }
  for (let tries = 1; !(await applyAsOne(client, migration)); tries++) {
    if (tries === LOCK_TRIES)
      throw new UnusableSchema(
        `The migration "${migration.name}" got no hold of its tables: something keeps a transaction open on them.`,
      )
    await pause(LOCK_PAUSE_MS)
  }
}

/** Whether it could be done now; if not, nothing was. */
const applyAsOne = async (client: pg.Client, migration: Migration): Promise<boolean> => {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`)
    // Without parameters the text goes as one simple query, so semicolons inside functions are no matter.
    await client.query(migration.sql)
    await record(client, migration)
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback')
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false
    throw error
  }
}

const record = async (client: pg.Client, { name, checksum }: Migration): Promise<void> => {
  await client.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
    values ($1, $2, $3, now(), now(), 1)`,
    [randomUUID(), checksum, name],
  )
}
