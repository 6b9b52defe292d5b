import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import getPort from 'get-port'
import type { Closing } from './closing.ts'
import { env } from './env.ts'
import { SECRET_KEY } from './stage.ts'

/** A server in a process of its own. */
export type Server = { url: string; pid: number }

const API = new URL('../../../apps/api/dist/main.js', import.meta.url).pathname
const BARE = new URL('../dist/bare/main.js', import.meta.url).pathname
const READY_WITHIN_MS = 30_000

export type Place = {
  databaseUrl: string
  directory: string
  /** where each server leaves a CPU profile when it ends */
  profiles: string | undefined
  closing: Closing
}

/** Our api, as a cluster runs it, with its log going to a file. */
export const startApi = (place: Place): Promise<Server> => start(place, [API])

/** The server it is compared with. @param cases where it finds what to serve */
export const startBare = (place: Place, cases: string): Promise<Server> => start(place, [BARE, cases])

const start = async ({ databaseUrl, directory, profiles, closing }: Place, program: string[]): Promise<Server> => {
  const port = await getPort({ host: '127.0.0.1' })
  const log = join(directory, `${port}.log`)
  const profiling = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []
  const child = spawn(process.execPath, [...profiling, ...program], {
    env: { PATH: env.path, NODE_ENV: 'production', DATABASE_URL: databaseUrl, SECRET_KEY, PORT: String(port) },
    stdio: ['ignore', 'ignore', openSync(log, 'a')],
  })
  const gone = once(child, 'exit')
  closing.add(async () => {
    child.kill()
    await gone
  })
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + READY_WITHIN_MS
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok && child.pid) return { url, pid: child.pid }
    await setTimeout(50)
  }
  throw new Error(`${program[0]} did not become ready: ${readFileSync(log, 'utf8')}`)
}
