import { setTimeout as pause } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'
import { codeOf, messageOf } from './cause.ts'
import { SUPERUSER } from './cluster.ts'
import { OperatorError } from './operator-error.ts'

// Lives in the maintenance database, so that ours can be dropped and made again while the guard stands.
const MAINTENANCE = 'postgres'
const LOCK = 'select pg_try_advisory_lock(70, 70) as mine'
const NOT_YET = new Set<unknown>(['ECONNREFUSED', 'ECONNRESET', '57P03'])
const CONNECT_MS = 120_000
const RETRY_MS = 20

/**
 * Connects to a PostgreSQL that may be starting or recovering.
 * @param givenUp asked between attempts; when it says yes, the answer is undefined
 * @throws OperatorError when it does not answer or refuses us
 */
export const connectGuard = async (
  port: number,
  password: string,
  givenUp: () => boolean,
): Promise<Client | undefined> => {
  for (const until = Date.now() + CONNECT_MS; ; await pause(RETRY_MS)) {
    const client = new Client({ host: '127.0.0.1', port, user: SUPERUSER, password, database: MAINTENANCE })
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (cause) {
      await client.end().catch(() => {})
      if (givenUp()) return undefined
      const isComing = NOT_YET.has(codeOf(cause)) || messageOf(cause).startsWith('Connection terminated')
      if (!isComing || Date.now() > until)
        throw new OperatorError(`PostgreSQL on port ${port} does not let us in: ${messageOf(cause)}.`, { cause })
    }
  }
}

/** Takes the lock that says "a server works on this data". PostgreSQL releases it however we end. */
export const takeLock = async (guard: Client): Promise<boolean> => {
  const { rows } = await guard.query<{ mine: boolean }>(LOCK)
  return rows[0]?.mine ?? false
}

/** Makes the database unless it is there. */
export const ensureDatabase = async (guard: Client, name: string): Promise<void> => {
  const { rowCount } = await guard.query('select 1 from pg_database where datname = $1', [name])
  if (rowCount === 0) await guard.query(`create database ${escapeIdentifier(name)}`)
}

/**
 * Keeps the lock while PostgreSQL lives: after a crash of one of its processes it restarts itself and cuts everyone off.
 * @param reconnect answers undefined when PostgreSQL has ended
 * @param lost called once when the lock is gone for good
 */
export const keepLock = (
  first: Client,
  reconnect: () => Promise<Client | undefined>,
  lost: () => void,
): { release(): Promise<void> } => {
  let guard: Client | undefined
  let isReleased = false
  const hold = (client: Client): void => {
    guard = client
    client.once('end', () => void retake())
  }
  const retake = async (): Promise<void> => {
    guard = undefined
    if (isReleased) return
    const next = await reconnect().catch(() => {})
    const isMine = next && (await takeLock(next).catch(() => false))
    if (isMine && !isReleased) return hold(next)
    await next?.end()
    if (!isReleased) lost()
  }
  hold(first)
  return {
    release: async () => {
      isReleased = true
      await guard?.end().catch(() => {})
    },
  }
}
