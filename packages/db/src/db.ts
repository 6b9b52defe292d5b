import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './gen/client.ts'
import { translateDatabaseError, translatePrismaError } from './translate-error.ts'

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
  /** Administrative reads and single writes. */
  prisma: PrismaClient
  /** Administrative work that is done whole or not at all. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Only one process at a time does work under the same number; the others wait their turn. */
  exclusively<T>(lock: number, work: () => Promise<T>): Promise<T>
  /** Calls `heard` for every NOTIFY on the channel, and `lost` whenever some may have been missed. */
  listen(channel: string, heard: (payload: string) => void, lost: () => void): Promise<void>
  close: () => Promise<void>
}

export type DbOptions = { url: string; poolSize?: number; onError?: (error: Error) => void }

const TIMESTAMPTZ = 1184
const POOL_SIZE = 10
const PRISMA_POOL_SIZE = 5
// Changes of one bot come one after the other: a burst of deployments waits its turn rather than failing.
const TRANSACTION_WAIT_MS = 15_000
const TRANSACTION_RUN_MS = 30_000
const RELISTEN_AFTER_MS = 500

/** `2026-01-02 03:04:05.678+00` to ISO 8601: the session is in UTC and the columns hold milliseconds. */
const toIso = (text: string): string => {
  const [seconds = '', fraction = ''] = text.slice(0, -3).split('.')
  return `${seconds.replace(' ', 'T')}.${fraction.padEnd(3, '0')}Z`
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
  const prisma = new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: url, max: PRISMA_POOL_SIZE, application_name: 'understudy-admin' },
      { onPoolError: onError, onConnectionError: onError },
    ),
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_RUN_MS },
  })
  const translated = prisma.$extends({
    query: { $allOperations: ({ args, query }) => query(args).catch(translatePrismaError) },
  }) as unknown as PrismaClient
  const listeners = new Set<{ end: () => Promise<void> }>()
  const rowsOn =
    (client: { query: pg.Pool['query'] }) =>
    async <Row extends object>({ name, text }: Statement, values: readonly unknown[]): Promise<Row[]> => {
      const result = await client.query<Row>({ name, text, values: [...values] }).catch(translateDatabaseError)
      return result.rows
    }
  const rows: Db['rows'] = rowsOn(pool)

  return {
    rows,
    row: async <Row extends object>(statement: Statement, values: readonly unknown[]) =>
      (await rows<Row>(statement, values))[0],
    one: async <Row extends object>(statement: Statement, values: readonly unknown[]) => {
      const [row] = await rows<Row>(statement, values)
      if (!row) throw new Error(`${statement.name} answered no row.`)
      return row
    },
    atomically: async (work) => {
      const client = await pool.connect().catch(translateDatabaseError)
      try {
        await client.query('begin')
        const result = await work(rowsOn(client))
        await client.query('commit')
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
    },
    prisma: translated,
    transaction: (work) => translated.$transaction(work).catch(translatePrismaError),
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
    close: async () => {
      await Promise.all([...listeners].map((listener) => listener.end()))
      await Promise.all([pool.end(), prisma.$disconnect()])
    },
  }
}

/** A connection of its own that comes back after every loss, telling `lost` each time. */
const listenOn = async (url: string, channel: string, heard: (payload: string) => void, lost: () => void) => {
  let ended = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'understudy-listen' })
    client = next
    let gone = false
    const again = (): void => {
      if (gone || ended) return
      gone = true
      lost()
      retry = setTimeout(() => void connect().catch(again), RELISTEN_AFTER_MS)
      retry.unref()
    }
    next.on('error', again)
    next.on('end', again)
    next.on('notification', ({ payload }) => heard(payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch {
      again()
    }
  }
  await connect()
  return {
    end: async () => {
      ended = true
      clearTimeout(retry)
      await client?.end().catch(() => {})
    },
  }
}
