import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { database, freePort } from '@understudy/testkit'
import { env } from './env.ts'
import type { Place } from './place.ts'

const PROGRAM = new URL('../../../apps/standalone/dist/main.js', import.meta.url).pathname
const READY_WITHIN_MS = 30_000

const TOKEN = 'bp_pat_acceptance0000000000000000000000'
const WORKSPACE_ID = '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11'

/** A server of ours as its users run it: a process of its own, reached over its port. */
export type Understudy = {
  place: Place
  /** where it keeps everything */
  databaseUrl: string
  /** the lines it printed, as environment variables */
  credentials: Record<string, string>
  /** Ends it as an operator does, and waits until it is gone. */
  stop: () => Promise<void>
  /** Ends it as a power cut does. */
  kill: () => Promise<void>
}

/** Starts a server on a fresh database, or, with `databaseUrl`, one more on the same; `settings` on top of the usual ones. */
export const startUnderstudy = async (
  databaseUrl?: string,
  settings: Record<string, string> = {},
): Promise<Understudy> => {
  const url = databaseUrl ?? (await database()).url
  const directory = await mkdtemp(join(tmpdir(), 'understudy-acceptance-'))
  const port = await freePort()
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      PATH: env.path,
      DATABASE_URL: url,
      SECRET_KEY: 'acceptance-secret-key-0123456789abcdef',
      PORT: String(port),
      UNDERSTUDY_DATA_DIR: directory,
      UNDERSTUDY_TOKEN: TOKEN,
      UNDERSTUDY_WORKSPACE_ID: WORKSPACE_ID,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const place = { url: `http://127.0.0.1:${port}`, token: TOKEN, workspaceId: WORKSPACE_ID }
  const credentials = parseExports(await ready(child, place.url, join(directory, 'credentials.env')))
  const gone = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
    await rm(directory, { recursive: true, force: true })
  }
  return { place, databaseUrl: url, credentials, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

const parseExports = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))

/**
 * Waits until the server says it can serve and has written its credentials.
 * @returns the text of those
 * @throws with what it printed, when it ends before that or takes too long
 */
const ready = async (child: ChildProcess, url: string, credentialsFile: string): Promise<string> => {
  const said: string[] = []
  if (child.stderr) createInterface(child.stderr).on('line', (line) => said.push(line))
  const deadline = Date.now() + READY_WITHIN_MS
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    const credentials = answer?.ok && (await readFile(credentialsFile, 'utf8').catch(() => undefined))
    if (credentials) return credentials
    await new Promise((again) => setTimeout(again, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`The server did not become ready: ${said.join(' | ')}`)
}
