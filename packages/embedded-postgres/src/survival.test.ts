import { spawn, spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startPostgres } from './index.ts'
import { isAlive } from './postmaster.ts'
import { newDirectory } from './testing/directories.ts'
import { query, recall, remember, untilDead } from './testing/query.ts'
import { refusalOf, startServer, tryServer } from './testing/server.ts'

const start = async (directory: string, onLost = () => {}) => {
  const postgres = await startPostgres({ directory, durable: false, onLost })
  onTestFinished(() => postgres.stop())
  return postgres
}

const parentOf = (pid: number) => Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)]).stdout.toString())

test('what was written is there after a stop and a start', async () => {
  const directory = newDirectory()
  const first = await start(directory)
  await remember(first.url)
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await start(directory)
  expect([first.how, second.how]).toEqual(['created', 'started'])
  expect(await recall(second.url)).toEqual([42])
})

test('only its owner can read the password, and nobody gets in without it', async () => {
  const directory = newDirectory()
  const { url } = await start(directory)
  expect(statSync(path.join(directory, 'cluster', 'password')).mode & 0o777).toBe(0o600)
  const wrong = new URL(url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('commits reach the disk unless a test asks otherwise', async () => {
  const durable = await startServer(newDirectory(), { durable: true })
  const fast = await start(newDirectory())
  const fsync = (url: string) => query(url, `select current_setting('fsync') as value`)
  expect([await fsync(durable.postgres.url), await fsync(fast.url)]).toEqual([['on'], ['off']])
})

test('letters outside ASCII have upper and lower case', async () => {
  const { url } = await start(newDirectory())
  expect(await query(url, `select lower('ÄÖÉ') as value`)).toEqual(['äöé'])
})

test('PostgreSQL killed with -9: the server hears of it, and the next start recovers', async () => {
  const directory = newDirectory()
  const lost = vi.fn<() => void>()
  const first = await start(directory, lost)
  await remember(first.url)
  process.kill(first.pid, 'SIGKILL')
  await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1), { timeout: 10_000 })
  const second = await start(directory)
  expect(second.how).toBe('recovered')
  expect(await recall(second.url)).toEqual([42])
})

test('the server killed with -9: PostgreSQL ends with it', async () => {
  const directory = newDirectory()
  const server = await startServer(directory)
  await remember(server.postgres.url)
  server.kill('SIGKILL')
  await untilDead(server.postgres.pid)
  expect(await recall((await start(directory)).url)).toEqual([42])
})

test('both killed with -9: the next start recovers', async () => {
  const directory = newDirectory()
  const server = await startServer(directory)
  await remember(server.postgres.url)
  process.kill(server.postgres.pid, 'SIGKILL')
  server.kill('SIGKILL')
  await untilDead(server.postgres.pid)
  expect(await recall((await start(directory)).url)).toEqual([42])
})

test('an orphaned PostgreSQL is ended and its data taken over', async () => {
  const directory = newDirectory()
  const server = await startServer(directory)
  await remember(server.postgres.url)
  process.kill(parentOf(server.postgres.pid), 'SIGKILL')
  server.kill('SIGKILL')
  await server.ended
  expect(isAlive(server.postgres.pid)).toBe(true)
  const next = await start(directory)
  // Where it was ended before anybody looked for what it left, there is nothing to recover.
  expect(['started', 'recovered']).toContain(next.how)
  expect(await recall(next.url)).toEqual([42])
  await untilDead(server.postgres.pid)
})

test('a pid file that names another program by now does not stop a start', async () => {
  const directory = newDirectory()
  const first = await start(directory)
  const file = path.join(directory, 'cluster', 'data', 'postmaster.pid')
  const { uid, gid } = statSync(file)
  await first.stop()
  const namesake = spawn('sleep', ['1000'], { uid, gid })
  onTestFinished(() => void namesake.kill())
  writeFileSync(file, `${namesake.pid}\n${path.dirname(file)}\n0\n${first.port}\n\n127.0.0.1\n`)
  expect((await start(directory)).how).toBe('recovered')
  expect(namesake.exitCode).toBeNull()
})

test('a second start is refused with directory, pid and port, and the first does not notice', async () => {
  const directory = newDirectory()
  const { postgres } = await startServer(directory)
  const refusal = await refusalOf(directory)
  expect(refusal).toContain(`${directory} is in use by another running server`)
  expect(refusal).toContain(`PostgreSQL pid ${postgres.pid}, port ${postgres.port}`)
  expect(await query(postgres.url, 'select 1 as value')).toEqual([1])
})

test('of several starts at once exactly one gets the data', async () => {
  const directory = newDirectory()
  const servers = await Promise.all([1, 2, 3].map(() => tryServer(directory)))
  const answers = servers.map(({ answer }) => ('refusal' in answer ? answer.refusal : 'started'))
  expect(answers.filter((answer) => answer === 'started')).toHaveLength(1)
  expect(answers.filter((answer) => answer.includes('is in use by another running server'))).toHaveLength(2)
})

test('a PostgreSQL that restarted itself after a crash stays ours', async () => {
  const directory = newDirectory()
  const { postgres } = await startServer(directory)
  const held = `select pid as value from pg_locks where locktype = 'advisory'`
  const [holder] = await query(postgres.url, held)
  process.kill(Number(holder), 'SIGKILL')
  await vi.waitFor(async () => expect(await query(postgres.url, held)).not.toEqual([holder]), { timeout: 10_000 })
  await vi.waitFor(async () => expect(await query(postgres.url, held)).toHaveLength(1), { timeout: 10_000 })
  expect(await refusalOf(directory)).toContain(`PostgreSQL pid ${postgres.pid}`)
})
