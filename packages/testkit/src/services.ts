import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@understudy/embedded-postgres'
import { GenericContainer, Wait } from 'testcontainers'
import { env } from './env.ts'

/** A service for the length of a test run. */
export type Service = { url: string; from: string; stop: () => Promise<void> }

/** PostgreSQL: somebody's, else in a container, else the embedded one. Its user may create databases. */
export const startDatabaseService = async (): Promise<Service> => {
  if (env.databaseUrl) return { url: env.databaseUrl, from: 'TEST_DATABASE_URL', stop: async () => {} }
  if (hasDockerEngine()) {
    const container = await new GenericContainer('postgres:17-alpine')
      .withEnvironment({ POSTGRES_PASSWORD: 'test' })
      .withExposedPorts(5432)
      // It restarts once while it sets itself up.
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
      .start()
    const url = `postgres://postgres:test@${container.getHost()}:${container.getMappedPort(5432)}/postgres`
    return { url, from: 'a container', stop: async () => void (await container.stop()) }
  }
  const directory = mkdtempSync(join(tmpdir(), 'understudy-postgres-'))
  // Where root runs this, PostgreSQL runs as somebody else, who has to get in.
  chmodSync(directory, 0o755)
  const postgres = await startPostgres({ directory, durable: false, maxConnections: 200 })
  const stop = async () => {
    await postgres.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return { url: postgres.url, from: 'the embedded PostgreSQL', stop }
}

/** Redis: somebody's, else in a container, else `redis-server` from the PATH; undefined where there is none. */
export const startRedisService = async (): Promise<Service | undefined> => {
  if (env.redisUrl) return { url: env.redisUrl, from: 'TEST_REDIS_URL', stop: async () => {} }
  if (hasDockerEngine()) {
    const container = await new GenericContainer('redis:7-alpine').withExposedPorts(6379).start()
    const url = `redis://${container.getHost()}:${container.getMappedPort(6379)}`
    return { url, from: 'a container', stop: async () => void (await container.stop()) }
  }
  return startRedisServer()
}

/** The client alone proves nothing: only an engine answers `docker info`. */
const hasDockerEngine = (): boolean => {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 })
    return true
  } catch {
    return false
  }
}

/** A Redis of one's own, to be broken at will: `redis-server` from the PATH; undefined where there is none. */
export const startRedisServer = async (): Promise<Service | undefined> => {
  const port = await freePort()
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', options, { stdio: 'ignore', cwd: tmpdir() })
  const started = await Promise.race([once(server, 'spawn').then(() => true), once(server, 'error').then(() => false)])
  if (!started) return undefined
  // It ends by itself when another program took the port: whoever answers while it runs is it.
  const ended = once(server, 'exit')
  while (server.exitCode === null && !(await answers(port))) await new Promise((again) => setTimeout(again, 20))
  if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode} on port ${port}.`)
  const stop = async () => {
    server.kill()
    await ended
  }
  return { url: `redis://127.0.0.1:${port}`, from: 'redis-server', stop }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => socket.end(() => answer(true))).once('error', () => answer(false))
  })

/** A port nobody listens on at the moment. */
export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer()
      .once('error', failed)
      .listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => found(typeof address === 'object' && address ? address.port : 0))
      })
  })
