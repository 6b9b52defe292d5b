import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { GenericContainer } from 'testcontainers'
import { hasDockerEngine } from './docker-engine.ts'
import { env } from './env.ts'
import { freePort } from './free-port.ts'
import type { Service } from './service.ts'

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
