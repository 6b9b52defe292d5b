import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { OperatorError } from './operator-error.ts'

/** As whom PostgreSQL's programs run. Without ids: as whoever runs this process. */
export type Account = { name: string; uid?: number; gid?: number }

const UNPRIVILEGED = ['postgres', 'node', 'nobody']

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the owner of the existing data, so that
 * data made by an ordinary user stays usable, else the first unprivileged account this system has.
 * @param data where the cluster's files are or will be
 * @throws OperatorError when root finds no other account
 */
export const accountFor = (data: string): Account => {
  if (process.getuid?.() !== 0) return { name: ownName() ?? `user id ${process.getuid?.()}` }
  const owner = statSync(data, { throwIfNoEntry: false })
  const accounts = namedAccounts()
  if (owner) {
    const known = accounts.find(({ uid }) => uid === owner.uid)
    return { name: known?.name ?? `user id ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  }
  for (const name of UNPRIVILEGED) {
    const found = accounts.find((account) => account.name === name)
    if (found) return found
  }
  throw new OperatorError(
    `PostgreSQL cannot run as root, and this system has no account named ${UNPRIVILEGED.join(', ')}: add one, start as an ordinary user, or set DATABASE_URL.`,
  )
}

/** initdb looks its user up by id and gives up when there is no name. @throws OperatorError */
export const assertNamed = ({ uid }: Account): void => {
  if (uid === undefined && ownName() === undefined)
    throw new OperatorError(
      `The user id ${process.getuid?.()} has no name on this system, and PostgreSQL needs one to create its files: start as a user listed in /etc/passwd, or set DATABASE_URL.`,
    )
}

/** The borrowed account cannot reach files below a directory such as /root. @throws OperatorError */
export const assertEnters = (account: Account, directory: string): void => {
  if (account.uid === undefined) return
  const { status } = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { ...idsOf(account), cwd: '/' })
  if (status !== 0)
    throw new OperatorError(
      `PostgreSQL cannot run as root, and the account "${account.name}" it runs as instead cannot enter ${directory}: set UNDERSTUDY_DATA_DIR to a directory that it can, for example /var/lib/understudy.`,
    )
}

/** The part of spawn's options that makes a child run as the account. */
export const idsOf = ({ uid, gid }: Account): { uid?: number; gid?: number } =>
  uid === undefined || gid === undefined ? {} : { uid, gid }

const ownName = (): string | undefined => {
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}

const namedAccounts = (): Required<Account>[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    // macOS writes ids such as -2, which system calls take as unsigned.
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
