import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, fchownSync, openSync, readFileSync } from 'node:fs'
import { platform } from 'node:os'
import path from 'node:path'
import { type Account, idsOf } from './account.ts'
import { codeOf } from './cause.ts'

/** What `postmaster.pid` says. */
export type Running = { pid: number; port: number }

/** A PostgreSQL that ends when this process does, however this process ends. */
export type Postmaster = {
  /** Settles when PostgreSQL has ended. */
  ended: Promise<void>
  hasEnded(): boolean
  /** Asks for a fast shutdown: clients are cut off, everything committed is on disk. */
  end(): void
}

// The pipe on descriptor 3 is a lifeline: it closes when our process is gone, even after kill -9. The shell and
// PostgreSQL are in a session of their own, so Ctrl-C in a terminal reaches only our process, which ends in order.
const LIFELINE = `
trap "" INT TERM HUP
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ while read -r line; do :; done; kill -INT $server; } <&3 &
watcher=$!
exec 3<&-
wait $server
code=$?
kill -KILL $watcher 2>/dev/null
exit $code
`

/** Starts a program on a lifeline; what it prints goes to the file `log`, anew for each start. */
export const launch = (
  { command, account, cwd, env }: { command: string[]; account: Account; cwd: string; env: NodeJS.ProcessEnv },
  log: string,
): Postmaster => {
  const output = openSync(log, 'w', 0o600)
  if (account.uid !== undefined && account.gid !== undefined) fchownSync(output, account.uid, account.gid)
  const child: ChildProcess = spawn('/bin/sh', ['-c', LIFELINE, 'sh', ...command], {
    ...idsOf(account),
    cwd,
    env,
    detached: true,
    stdio: ['pipe', output, output],
  })
  closeSync(output)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  child.stdin?.on('error', () => {})
  return {
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
    end: () => void child.stdin?.end(),
  }
}

/** Reads `postmaster.pid` of a data directory; undefined when there is none, or none that makes sense. */
export const findRunning = (data: string): Running | undefined => {
  try {
    const [pid, , , port] = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
    return Number(pid) > 0 && Number(port) > 0 ? { pid: Number(pid), port: Number(port) } : undefined
  } catch {
    return undefined
  }
}

/** Is there a process with this number? */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Is it PostgreSQL on this data? A number may have passed on to another program, even to another PostgreSQL. */
export const isPostmasterOf = (pid: number, data: string): boolean => {
  const command = commandOf(pid)
  return command.includes('postgres') && command.includes(data)
}

const commandOf = (pid: number): string => {
  if (platform() !== 'linux') return spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).stdout?.toString() ?? ''
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
