import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@understudy/embedded-postgres'
import pg from 'pg'
import type { Closing } from './closing.ts'
import { env } from './env.ts'

/** Where is measured: somebody's PostgreSQL, else an embedded one that waits for its disk. */
export const openPostgres = async (closing: Closing): Promise<{ url: string; isEmbedded: boolean }> => {
  if (env.databaseUrl) return { url: env.databaseUrl, isEmbedded: false }
  const directory = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  closing.add(() => rmSync(directory, { recursive: true, force: true }))
  // Where root runs this, PostgreSQL runs as somebody else, who has to get in.
  chmodSync(directory, 0o755)
  const postgres = await startPostgres({ directory, durable: true })
  closing.add(postgres.stop)
  return { url: postgres.url, isEmbedded: true }
}

/** Makes a database of that server, gone at the end. @returns its URL */
export const createDatabase = async (server: string, name: string, closing: Closing): Promise<string> => {
  await onConnection(server, (client) => client.query(`create database ${name}`))
  closing.add(() => onConnection(server, (client) => client.query(`drop database if exists ${name} with (force)`)))
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.toString()
}

/** Works on a connection of its own. */
export const onConnection = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
