import { rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { type Cluster, PROGRAM_ENV } from './cluster.ts'
import { freePort } from './free-port.ts'
import { connectGuard, takeLock } from './guard.ts'
import { dataOf, type Home, lastWords, logOf } from './home.ts'
import { OperatorError } from './operator-error.ts'
import { findRunning, isAlive, isPostmasterOf, launch, type Postmaster } from './postmaster.ts'

/** Our own PostgreSQL, and the connection that holds the lock on its data. */
export type Lead = { postmaster: Postmaster; guard: Client; port: number }

const PORTS_TRIED = 3
const POLL_MS = 10

/**
 * Ends a PostgreSQL whose server died without it, and removes a pid file that names some other process by now.
 * Not adopted but ended: only a PostgreSQL of our own hangs on our lifeline and has our settings.
 * @returns whether there was anything
 * @throws OperatorError when a living server holds the lock
 */
export const clearLeftovers = async (directory: string, { data, password }: Cluster): Promise<boolean> => {
  const left = findRunning(data)
  if (!left) return false
  const isRunning = (): boolean => isPostmasterOf(left.pid, data)
  if (!isRunning()) {
    // A dead process's file PostgreSQL itself replaces; a living namesake would stop it.
    if (isAlive(left.pid)) rmSync(path.join(data, 'postmaster.pid'), { force: true })
    return true
  }
  const guard = await connectGuard(left.port, password, () => !isRunning())
  if (guard && !(await takeLock(guard))) {
    await guard.end()
    throw inUse(directory)
  }
  if (guard) process.kill(left.pid, 'SIGINT')
  while (isRunning()) await pause(POLL_MS)
  await guard?.end().catch(() => {})
  return true
}

/**
 * Starts PostgreSQL on a port of its own and takes the lock.
 * @throws OperatorError when it does not start, or another server was faster
 */
export const takeLead = async (
  { directory, account }: Home,
  { data, password }: Cluster,
  command: string[],
): Promise<Lead> => {
  for (let tried = 1; ; tried += 1) {
    const port = await freePort()
    const process = { command: [...command, '-p', String(port)], account, cwd: data, env: PROGRAM_ENV }
    const postmaster = launch(process, logOf(directory))
    const guard = await connectGuard(port, password, () => postmaster.hasEnded()).catch((error: unknown) => {
      postmaster.end()
      throw error
    })
    if (guard && (await takeLock(guard))) return { postmaster, guard, port }
    postmaster.end()
    await guard?.end().catch(() => {})
    // Two starts at once: one PostgreSQL could not have the data, or its server came second for the lock.
    if (guard || isTaken(directory, data)) throw inUse(directory)
    const words = lastWords(directory)
    if (tried === PORTS_TRIED || !words.includes('Address already in use'))
      throw new OperatorError(`PostgreSQL did not start on the data in ${directory}: ${words}`)
  }
}

const isTaken = (directory: string, data: string): boolean => {
  const running = findRunning(data)
  return (running && isPostmasterOf(running.pid, data)) || lastWords(directory).includes('fast shutdown')
}

const inUse = (directory: string): OperatorError => {
  const running = findRunning(dataOf(directory))
  const by = running ? ` (PostgreSQL pid ${running.pid}, port ${running.port})` : ''
  return new OperatorError(
    `${directory} is in use by another running server${by}: stop that one, or set UNDERSTUDY_DATA_DIR to another directory.`,
  )
}
