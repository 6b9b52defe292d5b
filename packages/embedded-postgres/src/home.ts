import { chmodSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { type Account, accountFor, assertEnters } from './account.ts'
import { messageOf } from './cause.ts'
import { OperatorError } from './operator-error.ts'

/** The directory everything of one embedded PostgreSQL lives in, without symbolic links. */
export type Home = { directory: string; account: Account }

/**
 * Makes the directory when it is missing and finds out as whom PostgreSQL can work in it.
 * @throws OperatorError when it cannot be made or entered
 */
export const settleIn = (directory: string): Home => {
  const firstMade = make(directory)
  const home = realpathSync(directory)
  const account = accountFor(dataOf(home))
  if (account.uid !== undefined && firstMade !== undefined) openTheWay(realpathSync(firstMade), home)
  assertEnters(account, home)
  return { directory: home, account }
}

/** Where the cluster keeps its files. */
export const dataOf = (directory: string): string => path.join(directory, 'cluster', 'data')

/** What PostgreSQL has printed since its last start. */
export const logOf = (directory: string): string => path.join(directory, 'postgres.log')

/** The end of that, on one line. */
export const lastWords = (directory: string): string =>
  readFileSync(logOf(directory), 'utf8').trim().split('\n').slice(-3).join(' | ')

const make = (directory: string): string | undefined => {
  try {
    return mkdirSync(directory, { recursive: true })
  } catch (cause) {
    throw new OperatorError(
      `The directory ${directory} cannot be made (${messageOf(cause)}): set UNDERSTUDY_DATA_DIR to one that can.`,
      { cause },
    )
  }
}

/** The directories we have just made let the borrowed account pass, whatever root's umask; they list nothing. */
const openTheWay = (from: string, to: string): void => {
  for (let step = to; step.length >= from.length; step = path.dirname(step)) chmodSync(step, 0o711)
}
