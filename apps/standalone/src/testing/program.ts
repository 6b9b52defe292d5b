import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@understudy/testkit'
import { onTestFinished } from 'vitest'
import { env as testEnv } from './env.ts'

const MAIN = new URL('../../dist/main.js', import.meta.url).pathname
const ROOT = new URL('../../../..', import.meta.url).pathname
const READY_WITHIN_MS = 120_000

type Variables = Record<string, string>

/** A directory of one's own, gone after the test. */
export const dataDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'understudy-standalone-'))
  // Where root runs this, PostgreSQL runs as somebody else, who has to get in.
  chmodSync(directory, 0o755)
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

type Way = { command: string; args: string[]; cwd: string; env: Variables }

const DIRECTLY: Way = { command: process.execPath, args: [MAIN], cwd: tmpdir(), env: {} }

/** As the README says it. */
export const BY_NPM: Way = {
  command: 'npm',
  args: ['start'],
  cwd: ROOT,
  env: { PATH: testEnv.path, HOME: tmpdir() },
}

/** Runs the program as a user does, from somewhere else, with these settings and no others. */
export const run = async (settings: Variables, { command, args, cwd, env }: Way = DIRECTLY) => {
  const port = settings['PORT'] ?? String(await freePort())
  const child = spawn(command, args, {
    cwd,
    env: { ...env, PORT: port, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (data: Buffer) => (said.stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.stderr += data.toString()))
  const gone = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    endGroup(child.pid)
    await gone
  })
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    return gone
  }
  return { url: `http://127.0.0.1:${port}`, port, said, gone, end }
}

/** Ends whatever a program started, should the test not have done so. */
const endGroup = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}

/** Runs the program and waits until it has printed its banner. @throws with what it said when it ends before that */
export const started = async (settings: Variables, way?: Way) => {
  const program = await run(settings, way)
  const ended = program.gone.then((code) => {
    throw new Error(`It ended with code ${code}: ${program.said.stderr}`)
  })
  ended.catch(() => {})
  const deadline = Date.now() + READY_WITHIN_MS
  while (!program.said.stdout.includes('curl ')) {
    if (Date.now() > deadline) throw new Error(`No banner after ${READY_WITHIN_MS} ms: ${program.said.stderr}`)
    await Promise.race([new Promise((again) => setTimeout(again, 20)), ended])
  }
  return program
}

/** The lines of `credentials.env`. */
export const credentialsIn = (directory: string): Variables =>
  Object.fromEntries(
    [...readFileSync(join(directory, 'credentials.env'), 'utf8').matchAll(/^export (\w+)=(.*)$/gm)].map(
      ([, name, value]) => [name as string, value as string],
    ),
  )
