import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import getPort from 'get-port'
import type { Closing } from '../closing.ts'

/** A Redis that keeps nothing: `redis-server` from the PATH; undefined where there is none. @throws when it does not start */
export const startRedis = async (closing: Closing): Promise<{ url: string; pid: number } | undefined> => {
  const port = await getPort({ host: '127.0.0.1' })
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', options, { stdio: 'ignore', cwd: tmpdir() })
  const started = await Promise.race([once(server, 'spawn').then(() => true), once(server, 'error').then(() => false)])
  if (!started || !server.pid) return undefined
  const gone = once(server, 'exit')
  closing.add(async () => {
    server.kill()
    await gone
  })
  while (server.exitCode === null && !(await listens(port))) await setTimeout(20)
  if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}.`)
  return { url: `redis://127.0.0.1:${port}`, pid: server.pid }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => socket.end(() => answer(true))).once('error', () => answer(false))
  })
