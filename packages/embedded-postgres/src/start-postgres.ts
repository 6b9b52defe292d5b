import { openCluster, urlOf } from './cluster.ts'
import { connectGuard, ensureDatabase, keepLock } from './guard.ts'
import { lastWords, settleIn } from './home.ts'
import { clearLeftovers, takeLead } from './lead.ts'
import { OperatorError } from './operator-error.ts'
import { findRunning, type Postmaster } from './postmaster.ts'
import { findPrograms, type Programs } from './programs.ts'

export type PostgresOptions = {
  /** Where everything of this PostgreSQL lives; made when missing. */
  directory: string
  /** The database to open; made when missing. */
  database?: string
  /** false: lose data on a power cut, win time. For tests. */
  durable?: boolean
  maxConnections?: number
  /** PostgreSQL ended although nobody called `stop`. */
  onLost?: (error: OperatorError) => void
}

/** A running PostgreSQL that is ours alone. */
export type Postgres = {
  url: string
  pid: number
  port: number
  /** `created`: new data. `started`: on the data that was there. `recovered`: after clearing what a dead server left. */
  how: 'created' | 'started' | 'recovered'
  /** The name of the account it runs as. */
  account: string
  /** Shuts PostgreSQL down; answers when it has ended. Harmless when called again. */
  stop: () => Promise<void>
}

const FAST_SHUTDOWN_MS = 30_000

/**
 * Starts a PostgreSQL on the data in a directory and keeps every other server off it. It ends when this process
 * does, however this process ends.
 * @throws OperatorError one sentence: in use by another server, not runnable here, data of another user, …
 */
export const startPostgres = async ({
  directory: wanted,
  database = 'understudy',
  durable = true,
  maxConnections = 100,
  onLost = () => {},
}: PostgresOptions): Promise<Postgres> => {
  const home = settleIn(wanted)
  const { directory, account } = home
  const programs = await findPrograms(directory, account)
  const cluster = openCluster(home, programs, durable)
  const hadLeftovers = await clearLeftovers(directory, cluster)
  const { postmaster, guard, port } = await takeLead(
    home,
    cluster,
    serverCommand(programs, cluster.data, { durable, maxConnections }),
  )
  await ensureDatabase(guard, database)
  const lock = keepLock(
    guard,
    () => connectGuard(port, cluster.password, () => postmaster.hasEnded()),
    () => onLost(new OperatorError(`The embedded PostgreSQL ended by itself: ${lastWords(directory)}`)),
  )
  const pid = findRunning(cluster.data)?.pid ?? 0
  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    await lock.release()
    await end(postmaster, pid)
  }
  return {
    url: urlOf(cluster.password, port, database),
    pid,
    port,
    how: cluster.isNew ? 'created' : hadLeftovers ? 'recovered' : 'started',
    account: account.name,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

const serverCommand = (
  { postgres }: Programs,
  data: string,
  { durable, maxConnections }: { durable: boolean; maxConnections: number },
): string[] => {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '64MB',
    max_connections: String(maxConnections),
    // The text of a failed statement may hold secrets.
    log_min_error_statement: 'panic',
    // What was committed still survives the death of a process: only a power cut loses it.
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  return [postgres, '-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Fast shutdown; a PostgreSQL that does not come to an end is cut short and recovers at the next start. */
const end = async (postmaster: Postmaster, pid: number): Promise<void> => {
  const deadline = setTimeout(() => process.kill(pid, 'SIGQUIT'), FAST_SHUTDOWN_MS)
  postmaster.end()
  await postmaster.ended
  clearTimeout(deadline)
}
