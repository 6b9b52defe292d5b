import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { newUuid } from '@understudy/core'
import getPort from 'get-port'
import type { Closing } from './closing.ts'
import { env } from './env.ts'
import { SECRET_KEY } from './stage.ts'

/** A server in a process of its own. */
export type Server = { url: string; pid: number }

const API = new URL('../../../apps/api/dist/main.js', import.meta.url).pathname
const WORKER = new URL('../../../apps/worker/dist/main.js', import.meta.url).pathname
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
export const startApi = (place: Place): Promise<Server> => startListening(place, [API])

/** The server it is compared with. @param cases where it finds what to serve */
export const startBare = (place: Place, cases: string): Promise<Server> => startListening(place, [BARE, cases])

/** Our worker. @param redisUrl undefined: its queue is in the database. @returns its process id */
export const startWorker = async (place: Place, redisUrl: string | undefined): Promise<number> => {
  const redis = redisUrl ? { REDIS_URL: redisUrl } : {}
  // What the stage is filled with is older than anything is kept.
  const own = { UNDERSTUDY_ALLOW_PRIVATE_HOSTS: 'on', UNDERSTUDY_RETENTION_DAYS: '0' }
  const child = launch(place, [WORKER], { ...own, ...redis })
  return child.ready(async () => child.log().includes('"working"'))
}

const startListening = async (place: Place, program: string[]): Promise<Server> => {
  const port = await getPort({ host: '127.0.0.1' })
  const url = `http://127.0.0.1:${port}`
  const child = launch(place, program, { PORT: String(port) })
  const pid = await child.ready(() =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  return { url, pid }
}

/** Starts a program of ours in a process of its own. */
const launch = (place: Place, program: string[], settings: Record<string, string>) => {
  const { databaseUrl, directory, profiles, closing } = place
  const log = join(directory, `${newUuid()}.log`)
  const profiling = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []
  const shared = { DATABASE_URL: databaseUrl, SECRET_KEY, FILES_URL: pathToFileURL(directory).href }
  const child = spawn(process.execPath, [...profiling, ...program], {
    env: { PATH: env.path, NODE_ENV: 'production', ...shared, ...settings },
    stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')],
  })
  const gone = once(child, 'exit')
  closing.add(async () => {
    child.kill()
    await gone
  })
  return {
    log: () => readFileSync(log, 'utf8'),
    /** @returns its process id as soon as it `isReady`. @throws when it ends, or takes too long */
    ready: async (isReady: () => Promise<boolean>): Promise<number> => {
      const deadline = Date.now() + READY_WITHIN_MS
      while (child.exitCode === null && Date.now() < deadline) {
        if ((await isReady()) && child.pid) return child.pid
        await setTimeout(50)
      }
      throw new Error(`${program[0]} did not become ready: ${readFileSync(log, 'utf8')}`)
    },
  }
}
