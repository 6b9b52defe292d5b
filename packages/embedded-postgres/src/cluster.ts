import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { assertNamed, idsOf } from './account.ts'
import { messageOf } from './cause.ts'
import { dataOf, type Home } from './home.ts'
import { OperatorError } from './operator-error.ts'
import { isAlive } from './postmaster.ts'
import type { Programs } from './programs.ts'

/** PostgreSQL's files and the password of its superuser. */
export type Cluster = { data: string; password: string; isNew: boolean }

export const SUPERUSER = 'postgres'
/** What PostgreSQL's programs see of the environment: enough for stable messages and times, none of our settings. */
export const PROGRAM_ENV = { LC_ALL: 'C', TZ: 'UTC' }
const DRAFT = 'draft-'

/** How to connect to a database of the cluster as its superuser. */
export const urlOf = (password: string, port: number, database: string): string =>
  `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`

/**
 * Opens the cluster of a home, making it first if there is none. It is made aside and renamed as a whole, so that
 * neither a crash nor a second start leaves half a cluster or data without its password.
 * @throws OperatorError when it cannot be made or belongs to somebody else
 */
export const openCluster = (home: Home, programs: Programs, durable: boolean): Cluster => {
  const { directory } = home
  const isNew = !existsSync(path.join(directory, 'cluster')) && createCluster(home, programs, durable)
  const file = path.join(directory, 'cluster', 'password')
  try {
    return { data: dataOf(directory), password: readFileSync(file, 'utf8'), isNew }
  } catch (cause) {
    throw new OperatorError(
      `The database in ${directory} cannot be opened (${messageOf(cause)}): start as the user who made it, or set UNDERSTUDY_DATA_DIR to another directory.`,
      { cause },
    )
  }
}

const createCluster = ({ directory, account }: Home, programs: Programs, durable: boolean): boolean => {
  assertNamed(account)
  removeDeadDrafts(directory)
  const draft = path.join(directory, `${DRAFT}${process.pid}`)
  const password = randomBytes(24).toString('base64url')
  try {
    mkdirSync(draft)
    writeFileSync(path.join(draft, 'password'), password, { mode: 0o600 })
    initialise(draft, password, programs, account, durable)
    renameSync(draft, path.join(directory, 'cluster'))
    return true
  } catch (cause) {
    // Another start was faster.
    if (existsSync(path.join(directory, 'cluster'))) return false
    throw new OperatorError(`PostgreSQL's files cannot be made in ${directory}: ${messageOf(cause)}`, { cause })
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

const initialise = (
  draft: string,
  password: string,
  programs: Programs,
  account: Home['account'],
  durable: boolean,
): void => {
  const data = path.join(draft, 'data')
  // Node's pipes are sockets, which initdb cannot open as /dev/stdin: the password travels in a file.
  const handover = path.join(draft, 'handover')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(handover, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) {
    // Whatever root's umask: the account has to get at its own files.
    chmodSync(draft, 0o711)
    for (const mine of [data, handover]) chownSync(mine, account.uid, account.gid)
  }
  const encoding = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${handover}`]
  const options = ['--pgdata', data, ...encoding, ...access, ...(durable ? [] : ['--no-sync'])]
  const { status, stderr, error } = spawnSync(programs.initdb, options, {
    ...idsOf(account),
    cwd: data,
    env: PROGRAM_ENV,
  })
  rmSync(handover)
  if (status !== 0) throw error ?? new Error(stderr.toString().trim().split('\n').join(' '))
}

const removeDeadDrafts = (directory: string): void => {
  for (const name of readdirSync(directory))
    if (name.startsWith(DRAFT) && !isAlive(Number(name.slice(DRAFT.length))))
      rmSync(path.join(directory, name), { recursive: true, force: true })
}
