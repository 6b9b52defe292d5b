// What `npm start` and `npm test` need before there is anything to run: dependencies and a build. Node alone, no packages.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const OLDEST_NODE = [20, 19]

/** Ends the process with one sentence. */
export const giveUp = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

/** Installs if the lockfile or Node changed, builds if a source did; both are a matter of milliseconds if not. */
export const bootstrap = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    giveUp(`Understudy needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
  const lockfile = join(root, 'pnpm-lock.yaml')
  once('install', digest([readFileSync(lockfile), process.version, process.platform]), 'Installing…', () => {
    const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const pnpm = ['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
    // PostgreSQL needs its script; pnpm-workspace.yaml says whose run, whatever npm is told elsewhere.
    run(
      'npx',
      [...pnpm, '--config.ignore-scripts=false'],
      'The dependencies could not be installed: the first start needs the npm registry.',
    )
  })
  once('build', digest(sources()), 'Building…', () =>
    run('turbo', ['run', 'build', '--output-logs=errors-only'], 'The build failed: see above.'),
  )
}

/**
 * Installs the published clients that the acceptance suite runs with, if their lockfile changed.
 */
export const installClients = () => {
  const clients = join(root, 'packages/acceptance/clients')
  const locked = digest([readFileSync(join(clients, 'package-lock.json')), process.version])
  once('clients', locked, 'Installing the official clients…', () =>
    run(
      'npm',
      ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
      'The official clients could not be installed.',
      clients,
    ),
  )
}

/** Installs the published command-line tool that one journey of the suite is made with: without it that journey is skipped. */
export const installCli = () => {
  const cli = join(root, 'packages/acceptance/clients/cli')
  const locked = digest([readFileSync(join(cli, 'package-lock.json')), process.version])
  once('cli', locked, 'Installing the official command-line tool…', () => {
    const installed = succeeds('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], cli)
    if (!installed) console.error('The official command-line tool could not be installed: its journey is SKIPPED.')
    return installed
  })
}

/** Does the work unless its stamp in node_modules says that it was done for exactly this; false: it was not done. */
const once = (name, fingerprint, announcement, work) => {
  const stamp = join(root, 'node_modules', `.understudy-${name}`)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  console.error(announcement)
  if (work() === false) return
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, fingerprint)
}

/** Runs a program that has to succeed. */
const run = (program, args, failure, cwd = root) => {
  if (!succeeds(program, args, cwd)) giveUp(failure)
}

/** Runs a program with the tools of this repository on its path. What it says goes to stderr: stdout is the program's. */
const succeeds = (program, args, cwd) => {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  const quiet = {
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    CHECKPOINT_DISABLE: '1',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  }
  const { status } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...quiet, PATH: path },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  return status === 0
}

const digest = (parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

/** Name, size and time of everything a build is made of. */
const sources = () => {
  const found = []
  const look = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) {
        if (!['node_modules', 'dist', 'gen', 'clients', '.turbo'].includes(entry.name)) look(path)
      } else {
        const { size, mtimeMs } = statSync(path)
        found.push(`${path}:${size}:${mtimeMs}\n`)
      }
    }
  }
  for (const directory of ['apps', 'packages', 'prisma']) look(join(root, directory))
  return found.toSorted()
}
