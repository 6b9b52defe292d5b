import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { messageOf } from './cause.ts'
import { urlOf } from './cluster.ts'
import { dataOf } from './home.ts'
import { OperatorError } from './operator-error.ts'
import { findRunning, isPostmasterOf } from './postmaster.ts'

/** Whether a directory has the data of an embedded PostgreSQL. */
export const hasCluster = (directory: string): boolean => existsSync(dataOf(directory))

/**
 * The URL of the PostgreSQL that a server is running on the data in a directory; undefined when none is.
 * @throws OperatorError when the data are somebody else's
 */
export const findPostgres = (directory: string, database = 'understudy'): string | undefined => {
  const home = realpathSync(directory)
  const running = findRunning(dataOf(home))
  if (!running || !isPostmasterOf(running.pid, dataOf(home))) return undefined
  try {
    return urlOf(readFileSync(path.join(home, 'cluster', 'password'), 'utf8'), running.port, database)
  } catch (cause) {
    throw new OperatorError(
      `The database in ${directory} cannot be opened (${messageOf(cause)}): do it as the user who made it.`,
      { cause },
    )
  }
}
