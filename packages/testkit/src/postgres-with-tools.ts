import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { env } from './env.ts'
import { freePort } from './free-port.ts'
import { isExecutable } from './is-executable.ts'
import type { Service } from './service.ts'

const TOOLS = ['initdb', 'postgres', 'pg_dump', 'pg_restore']

/** Where Debian keeps what is not for everybody's PATH. */
const DEBIAN = '/usr/lib/postgresql'

export type PostgresWithTools = Service & {
  /** Runs a program that came with it, such as `pg_dump`. */
  run: (tool: 'pg_dump' | 'pg_restore', ...args: string[]) => Promise<void>
}

/**
 * A PostgreSQL that brings the tools of its version along, which refuse to work on a newer one; undefined where none is
 * installed.
 */
export const startPostgresWithTools = async (): Promise<PostgresWithTools | undefined> => {
  const programs = directories().find((directory) => TOOLS.every((tool) => isExecutable(join(directory, tool))))
  if (programs === undefined) return undefined
  const run = (tool: string, args: string[], options = {}) =>
    promisify(execFile)(join(programs, tool), args, { cwd: '/', ...options })

  const directory = mkdtempSync(join(tmpdir(), 'understudy-postgres-'))
  const account = unprivileged()
  if (account) chownSync(directory, account.uid, account.gid)
  await run('initdb', ['-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], account)
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', `port=${port}`]
  const server = spawn(join(programs, 'postgres'), ['-D', directory, ...settings.flatMap((one) => ['-c', one])], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  })
  const ended = once(server, 'exit')
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  while (server.exitCode === null && !(await answers(url))) await new Promise((again) => setTimeout(again, 50))
  if (server.exitCode !== null) throw new Error(`PostgreSQL ended with code ${server.exitCode}.`)
  return {
    url,
    from: programs,
    run: async (tool, ...args) => void (await run(tool, args)),
    stop: async () => {
      server.kill('SIGINT')
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const directories = (): string[] => {
  try {
    const versions = readdirSync(DEBIAN).toSorted((one, other) => Number(other) - Number(one))
    return [...versions.map((version) => join(DEBIAN, version, 'bin')), ...env.path.split(delimiter)]
  } catch {
    return env.path.split(delimiter)
  }
}

/** PostgreSQL does not run as root: root lends it somebody else's ids. */
const unprivileged = (): { uid: number; gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const [, uid, gid] = /^(?:postgres|nobody):[^:]*:(\d+):(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
