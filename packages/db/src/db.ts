import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './gen/client.ts'
import { joinedPool } from './joined-pool.ts'
import { listenOn } from './listen.ts'
import { isStale, type PlanNames, planNames } from './plan-names.ts'
import { DatabaseUnavailable, translateDatabaseError, translatePrismaError } from './translate-error.ts'

/** A statement PostgreSQL plans once per connection. `name` is unique to `text`. */
export type Statement = { name: string; text: string }

/** Prisma inside a transaction: the same models, no connection handling. */
export type Transaction = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$extends' | '$transaction'>

/** One way to the database: named statements for hot paths, Prisma for administration, both translated into our errors. */
export type Db = {
  /** Runs a named statement in one round trip and answers its rows; timestamps are ISO 8601 text, bigints are text. */
  rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
  /** The first row of `rows`, or undefined. */
  row<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row | undefined>
  /** The row of a statement that always answers one. */
  one<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row>
  /** Several statements on one connection, all or nothing: what `work` throws undoes them. */
  atomically<T>(work: (rows: Db['rows']) => Promise<T>): Promise<T>
  /** Whatever is done through the Db that `work` gets, by any verb and through Prisma too, is one transaction. */
  asOne<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Administrative reads and single writes. */
  prisma: PrismaClient
  /** Administrative work that is done whole or not at all. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Only one process at a time does work under the same number; the others wait their turn. */
  exclusively<T>(lock: number, work: () => Promise<T>): Promise<T>
  /** Calls `heard` for every NOTIFY on the channel, and `lost` whenever some may have been missed. */
  listen(channel: string, heard: (payload: string) => void, lost: () => void): Promise<void>
  /** How it stands with the connections for statements, at this moment. */
  connections: () => Connections
  close: () => Promise<void>
}

/** Those at work, those that wait for work, and how much work waits for one of them. */
export type Connections = { busy: number; idle: number; waiting: number }

export type DbOptions = { url: string; poolSize?: number; onError?: (error: Error) => void }

const TIMESTAMPTZ = 1184
const POOL_SIZE = 10
const PRISMA_POOL_SIZE = 5
// Changes of one bot come one after the other: a burst of deployments waits its turn rather than failing.
const TRANSACTION_WAIT_MS = 15_000
const TRANSACTION_RUN_MS = 30_000

/** `2026-01-02 03:04:05.678+00` to ISO 8601: the session is in UTC and the columns hold milliseconds. */
const toIso = (text: string): string => {
  const space = text.indexOf(' ')
  const dot = text.indexOf('.')
  const seconds = dot < 0 ? text.slice(space + 1, -3) : text.slice(space + 1, dot)
  const fraction = dot < 0 ? '' : text.slice(dot + 1, -3)
  return `${text.slice(0, space)}T${seconds}.${fraction.padEnd(3, '0')}Z`
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === TIMESTAMPTZ ? toIso : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** Opens the pools; the first connection is made by the first use. */
export const connectDb = ({ url, poolSize = POOL_SIZE, onError = () => {} }: DbOptions): Db => {
  // One plan per statement, made once: custom plans cost more than they win on these keys (measured on tag lists).
  const options = '-c timezone=UTC -c plan_cache_mode=force_generic_plan'
  const pool = new pg.Pool({ connectionString: url, max: poolSize, types, options, application_name: 'understudy' })
  pool.on('error', onError)
  // What a broken connection was doing fails; unheard by anybody, its event would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  const prisma = openPrisma(
    new PrismaPg(
      { connectionString: url, max: PRISMA_POOL_SIZE, application_name: 'understudy-admin' },
      { onPoolError: onError, onConnectionError: onError },
    ),
  )
  const plans = planNames()
  const listeners = new Set<{ end: () => Promise<void> }>()
  const db: Db = {
    ...statementsOn({ client: pool, plans, inTransaction: false }),
    atomically: (work) => inTransaction(pool, (client) => work(rowsOn({ client, plans, inTransaction: true }))),
    asOne: (work) =>
      inTransaction(pool, async (client) => {
        const joined = joinedDb(db, client, plans)
        try {
          return await work(joined)
        } finally {
          await joined.close()
        }
      }),
    prisma,
    transaction: (work) => prisma.$transaction(work).catch(translatePrismaError),
    exclusively: async (lock, work) => {
      const client = await pool.connect().catch(translateDatabaseError)
      try {
        await client.query('select pg_advisory_lock($1)', [lock])
        return await work()
      } finally {
        // Closing the session releases the lock, whatever state it is in.
        client.release(true)
      }
    },
    listen: async (channel, heard, lost) => {
      const listener = await listenOn(url, channel, heard, lost)
      listeners.add(listener)
    },
    connections: () => {
      const { totalCount, idleCount: idle, waitingCount: waiting } = pool
      return { busy: totalCount - idle, idle, waiting }
    },
    close: async () => {
      await Promise.all([...listeners].map((listener) => listener.end()))
      await Promise.all([pool.end(), prisma.$disconnect()])
    },
  }
  return db
}

const openPrisma = (adapter: PrismaPg): PrismaClient => {
  const transactionOptions = { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_RUN_MS }
  return new PrismaClient({ adapter, transactionOptions }).$extends({
    query: { $allOperations: ({ args, query }) => query(args).catch(translatePrismaError) },
  }) as unknown as PrismaClient
}

type Connection = {
  client: Pick<pg.Pool, 'query'>
  plans: PlanNames
  /** a statement that fails in a transaction takes all of it along */
  inTransaction: boolean
}

const rowsOn = ({ client, plans, inTransaction: isPart }: Connection): Db['rows'] => {
  const rows = <Row extends object>({ name, text }: Statement, values: readonly unknown[]): Promise<Row[]> => {
    const plan = plans.of(name)
    return client.query<Row>({ name: plan, text, values: [...values] }).then(
      (result) => result.rows,
      (error: unknown) => {
        if (!isStale(error)) return translateDatabaseError(error)
        plans.giveUp(name, plan)
        if (isPart) throw new DatabaseUnavailable('its schema was changed just now', { cause: error })
        return rows<Row>({ name, text }, values)
      },
    )
  }
  return rows
}

const statementsOn = (connection: Connection): Pick<Db, 'rows' | 'row' | 'one'> => {
  const rows = rowsOn(connection)
  return {
    rows,
    row: async <Row extends object>(statement: Statement, values: readonly unknown[]) =>
      (await rows<Row>(statement, values))[0],
    one: async <Row extends object>(statement: Statement, values: readonly unknown[]) => {
      const [row] = await rows<Row>(statement, values)
      if (!row) throw new Error(`${statement.name} answered no row.`)
      return row
    },
  }
}

const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect().catch(translateDatabaseError)
  try {
    await client.query('begin').catch(translateDatabaseError)
    const result = await work(client)
    await client.query('commit').catch(translateDatabaseError)
    client.release()
    return result
  } catch (error) {
    // A connection that cannot even roll back is thrown away.
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw error
  }
}

/** The same Db, inside the transaction that is under way on one connection; what was one before is a savepoint now. */
const joinedDb = (outer: Db, client: pg.PoolClient, plans: PlanNames): Db => {
  const connection = { client, plans, inTransaction: true }
  let prisma: PrismaClient | undefined
  const inSavepoint = async <T>(work: () => Promise<T>): Promise<T> => {
    await client.query('savepoint work')
    try {
      const result = await work()
      await client.query('release savepoint work')
      return result
    } catch (error) {
      // Where this fails, so will the rollback of the whole.
      await client.query('rollback to savepoint work').catch(() => {})
      throw error
    }
  }
  const joined: Db = {
    ...outer,
    ...statementsOn(connection),
    atomically: (work) => inSavepoint(() => work(rowsOn(connection))),
    asOne: (work) => inSavepoint(() => work(joined)),
    // Made when first asked for: it takes milliseconds, which no hot path should pay.
    get prisma() {
      prisma ??= openPrisma(new PrismaPg(joinedPool(client)))
      return prisma
    },
    transaction: (work) => joined.prisma.$transaction(work).catch(translatePrismaError),
    close: async () => prisma?.$disconnect(),
  }
  return joined
}
