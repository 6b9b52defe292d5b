import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { freePort } from '@understudy/testkit'
import { env } from './env.ts'
import type { Place } from './place.ts'

const TOKEN = 'bp_pat_acceptance0000000000000000000000'
const WORKSPACE_ID = '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11'

/** A process of a cluster: started when it is ready to work. */
export type Member = { kill: () => Promise<void>; stop: () => Promise<void> }

/** An api, and where it is. */
export type Api = Member & { place: Place }

/** The processes of a cluster on one database and one Redis, each to be started and ended on its own. */
export type Cluster = {
  place: Place
  /** At the cluster's place, or on a port of its own. */
  startApi: (port?: number) => Promise<Api>
  startWorker: () => Promise<Member>
  /** Removes its files, once its processes are gone. */
  clear: () => Promise<void>
}

/** Prepares a database as `migrate` does; its api will be at `place`. Only workers need a Redis. */
export const prepareCluster = async (
  databaseUrl: string,
  redisUrl: string | undefined,
  settings: Record<string, string> = {},
): Promise<Cluster> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const directory = await mkdtemp(join(tmpdir(), 'understudy-cluster-'))
  const variables = {
    PATH: env.path,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    FILES_URL: pathToFileURL(directory).href,
    SECRET_KEY: 'acceptance-secret-key-0123456789abcdef',
    PORT: String(port),
    PUBLIC_URL: url,
    UNDERSTUDY_TOKEN: TOKEN,
    UNDERSTUDY_WORKSPACE_ID: WORKSPACE_ID,
    UNDERSTUDY_ALLOW_PRIVATE_HOSTS: 'on',
    ...settings,
  }
  const [migrated] = await once(run('migrate', variables), 'exit')
  if (migrated !== 0) throw new Error('The database could not be prepared.')
  const place = { url, token: TOKEN, workspaceId: WORKSPACE_ID }
  return {
    place,
    startApi: async (own = port) => {
      const at = `http://127.0.0.1:${own}`
      const child = run('api', { ...variables, PORT: String(own) })
      while (child.exitCode === null && !(await fetch(`${at}/readyz`).catch(() => undefined))?.ok)
        await new Promise((again) => setTimeout(again, 30))
      return { ...member(child), place: { ...place, url: at } }
    },
    startWorker: async () => {
      const child = run('worker', variables)
      // It says so when it works.
      if (child.stderr) await once(createInterface(child.stderr), 'line')
      return member(child)
    },
    clear: () => rm(directory, { recursive: true, force: true }),
  }
}

const run = (app: 'api' | 'worker' | 'migrate', variables: Record<string, string | undefined>): ChildProcess =>
  spawn(process.execPath, [fileURLToPath(new URL(`../../../apps/${app}/dist/main.js`, import.meta.url))], {
    env: variables,
    stdio: ['ignore', 'ignore', 'pipe'],
  })

const member = (child: ChildProcess): Member => {
  child.stderr?.resume()
  const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve()
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  return { kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
