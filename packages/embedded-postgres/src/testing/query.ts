import { Client } from 'pg'
import { expect, vi } from 'vitest'
import { isAlive } from '../postmaster.ts'

/** What a statement answers in its column `value`. */
export const query = async (url: string, text: string): Promise<unknown[]> => {
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

/** Writes something that can be recalled. */
export const remember = (url: string): Promise<unknown[]> => query(url, 'create table kept as select 42 as value')

export const recall = (url: string): Promise<unknown[]> => query(url, 'select value from kept')

/** Waits until a process is gone. */
export const untilDead = (pid: number): Promise<void> =>
  vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 })
