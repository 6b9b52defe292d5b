import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { env } from './env.ts'

const MODULES = fileURLToPath(new URL('../clients/cli/node_modules', import.meta.url))
const PROGRAM = join(MODULES, '@botpress/cli/bin.js')

/** Whether the published command-line tool could be installed: `clients/cli/package.json` says which. */
export const isCliInstalled = existsSync(PROGRAM)
if (!isCliInstalled)
  console.warn('SKIPPED: @botpress/cli is not installed, so nothing shows that it works: ACCEPTANCE_CLI=on npm test')

/** A command that goes on until it is stopped; `said` grows. */
type Running = { said: () => string; stop: () => Promise<void> }

/** The published command-line tool, as somebody uses it who has just installed it: with a home and a folder that are empty. */
export type OfficialCli = {
  /** where projects are made; what they import is found from there */
  folder: string
  /** Runs a command in a project. @returns what it says @throws with all of that when it fails */
  bp: (args: string[], project?: string, keys?: string) => Promise<string>
  /** What a command says that fails. */
  complaint: (args: string[], project?: string) => Promise<string>
  /** Starts a command that goes on. */
  start: (args: string[], project: string) => Running
  /** Removes the home and the folder. */
  remove: () => Promise<void>
}

export const officialCli = async (): Promise<OfficialCli> => {
  const directory = await mkdtemp(join(tmpdir(), 'understudy-cli-'))
  const [home, folder] = [join(directory, 'home'), join(directory, 'projects')]
  await Promise.all([mkdir(home), mkdir(folder)])
  // What `npm install` in each project would do.
  await symlink(MODULES, join(folder, 'node_modules'))
  const command = (args: string[], project: string) => {
    const child = spawn(process.execPath, [PROGRAM, ...args, '--botpress-home', join(home, '.botpress')], {
      cwd: join(folder, project),
      env: { PATH: env.path, HOME: home },
      // A group of its own: what it starts itself ends with it.
      detached: true,
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += String(piece)))
    return { child, said: () => said }
  }
  const run = async (args: string[], project = '', keys = '') => {
    const { child, said } = command(args, project)
    child.stdin.end(keys)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, said: said() }
  }
  return {
    folder,
    bp: async (args, project, keys) => {
      const { code, said } = await run(args, project, keys)
      if (code !== 0) throw new Error(`bp ${args.join(' ')} ended with code ${code}: ${said}`)
      return said
    },
    complaint: async (args, project) => {
      const { code, said } = await run(args, project)
      if (code === 0) throw new Error(`bp ${args.join(' ')} did not fail: ${said}`)
      return said
    },
    start: (args, project) => {
      const { child, said } = command(args, project)
      return { said, stop: () => endGroup(child) }
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

const endGroup = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.pid === undefined) return
  const gone = once(child, 'close')
  process.kill(-child.pid, 'SIGTERM')
  await gone
}
