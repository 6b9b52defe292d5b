import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { migrate } from '@understudy/db'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { env } from './env.ts'
import { startDatabaseService } from './postgres.ts'
import { startRedisService } from './redis.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** a database that may be connected to in order to create others */
    databaseUrl: string
    /** a migrated database that every test file gets a clone of */
    templateDatabase: string
    /** empty where there is no Redis */
    redisUrl: string
  }
}

export const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

/** Once per run: services, and a migrated template database. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const database = await startDatabaseService()
  const redis = await startRedisService().catch(async (error: unknown) => {
    await database.stop()
    throw error
  })
  if (!redis) {
    if (env.isCi) throw new Error('No Redis for the tests: set TEST_REDIS_URL or install redis-server.')
    console.warn('No Redis here: tests that need one are skipped. Set TEST_REDIS_URL or install redis-server.')
  }
  console.log(`PostgreSQL from ${database.from}, Redis from ${redis?.from ?? 'nowhere'}`)

  const template = `understudy_template_${randomUUID().slice(0, 8)}`
  await administer(database.url, `create database ${template}`)
  await migrate(onDatabase(database.url, template), MIGRATIONS)
  provide('databaseUrl', database.url)
  provide('templateDatabase', template)
  provide('redisUrl', redis?.url ?? '')

  return async () => {
    await administer(database.url, `drop database if exists ${template} with (force)`)
    await Promise.all([database.stop(), redis?.stop()])
  }
}

/** The URL of another database of the same server. */
export const onDatabase = (url: string, name: string): string => {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.toString()
}

/** Runs one statement that cannot be in a transaction. */
export const administer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
