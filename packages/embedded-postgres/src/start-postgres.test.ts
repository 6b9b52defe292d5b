import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { isAlive } from './postmaster.ts'
import { startPostgres } from './start-postgres.ts'
import { directories, parentOf, Server } from './start-postgres.test-server.ts'

const newDirectory = directories()
afterAll(() => newDirectory.removeAll())

const start = async (directory: string, onLost?: () => void) => {
  const postgres = await startPostgres({ directory, durable: false, ...(onLost ? { onLost } : {}) })
  onTestFinished(() => postgres.stop())
  return postgres
}

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ value: unknown }>(text)
    return rows.map(({ value }) => value)
  } finally {
    await client.end()
  }
}

const remember = (url: string) => query(url, 'create table kept as select 42 as value')
const recall = (url: string) => query(url, 'select value from kept')
const untilDead = (...pids: number[]) => vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000 })

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

test('only the owner can read the password, and nobody gets in without it', async () => {
  const directory = newDirectory()
  const { url } = await start(directory)
  expect(statSync(path.join(directory, 'cluster', 'password')).mode & 0o777).toBe(0o600)
  const wrong = new URL(url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('commits reach the disk unless a test asks otherwise', async () => {
  const directory = newDirectory()
  const server = await Server.start(directory)
  expect(await query(server.postgres.url, 'show fsync')).toEqual([undefined])
  const { rows } = await server.query('select current_setting($1) as value', ['fsync'])
  expect(rows).toEqual([{ value: 'on' }])
})

test('PostgreSQL killed with -9: its server hears of it, and the next start recovers', async () => {
  const directory = newDirectory()
  const lost = vi.fn()
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
  const server = await Server.start(directory)
  await remember(server.postgres.url)
  server.kill('SIGKILL')
  await untilDead(server.postgres.pid)
  expect(await recall((await start(directory)).url)).toEqual([42])
})

test('both killed with -9: the next start recovers', async () => {
  const directory = newDirectory()
  const server = await Server.start(directory)
  await remember(server.postgres.url)
  process.kill(server.postgres.pid, 'SIGKILL')
  server.kill('SIGKILL')
  await untilDead(server.postgres.pid)
  expect(await recall((await start(directory)).url)).toEqual([42])
})

test('an orphaned PostgreSQL is ended and its data taken over', async () => {
  const directory = newDirectory()
  const server = await Server.start(directory)
  await remember(server.postgres.url)
  process.kill(parentOf(server.postgres.pid), 'SIGKILL')
  server.kill('SIGKILL')
  await server.ended
  expect(isAlive(server.postgres.pid)).toBe(true)
  const next = await start(directory)
  expect(next.how).toBe('recovered')
  expect(await recall(next.url)).toEqual([42])
  await untilDead(server.postgres.pid)
})
