import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import type { Postgres } from '../index.ts'

const PACKAGE = path.resolve(import.meta.dirname, '..', '..')
const SERVER = `
const { startPostgres } = await import(process.argv[1])
try {
  const postgres = await startPostgres({ directory: process.argv[2], durable: process.argv[3] === 'durable' })
  process.once('SIGTERM', () => postgres.stop())
  console.log(JSON.stringify(postgres))
} catch (error) {
  console.log(JSON.stringify({ refusal: error.message, name: error.name }))
}`

/** A process of its own with a PostgreSQL in it: one that can be killed, or that runs as somebody else. */
export type Server = { postgres: Postgres; kill: (signal: NodeJS.Signals) => void; ended: Promise<unknown> }

/** How to start it: as which user id, from which build, with real durability. */
export type ServerOptions = { uid?: number; build?: string; durable?: boolean }

/** Compiles this package where its dependencies are found. @returns the path of its index */
export const build = (into = path.join(PACKAGE, 'node_modules', '.cache', 'under-test')): string => {
  const tsc = path.join(PACKAGE, '..', '..', 'node_modules', '.bin', 'tsc')
  const { status, stdout } = spawnSync(tsc, ['-p', path.join(PACKAGE, 'tsconfig.build.json'), '--outDir', into])
  if (status !== 0) throw new Error(stdout.toString())
  return path.join(into, 'index.js')
}

let compiled: string | undefined
const ours = (): string => {
  compiled ??= build()
  return compiled
}

/** Starts one and waits until its PostgreSQL answers. @throws when it was refused */
export const startServer = async (directory: string, options: ServerOptions = {}): Promise<Server> => {
  const { answer, ...server } = await tryServer(directory, options)
  if ('refusal' in answer) throw new Error(answer.refusal)
  return { postgres: answer, ...server }
}

/** The one sentence with which a start is refused. @throws when it is not */
export const refusalOf = async (directory: string, options: ServerOptions = {}): Promise<string> => {
  const { answer } = await tryServer(directory, options)
  if (!('refusal' in answer)) throw new Error(`started: ${answer.how}`)
  if (answer.name !== 'OperatorError') throw new Error(`${answer.name}: ${answer.refusal}`)
  return answer.refusal
}

/** Starts one and waits for what it says. */
export const tryServer = async (
  directory: string,
  { uid, build: from = ours(), durable = false }: ServerOptions = {},
) => {
  const argv = ['--input-type=module', '-e', SERVER, from, directory, durable ? 'durable' : 'fast']
  const child = spawn(process.execPath, argv, {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => ['{"refusal":"died"}']),
  ])
  const answer: Postgres | { refusal: string; name: string } = JSON.parse(String(line))
  return { answer, ended, kill: (signal: NodeJS.Signals) => void child.kill(signal) }
}
