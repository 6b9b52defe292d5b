import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { administer, onDatabase } from './setup.ts'

/**
 * A migrated database of one's own, gone after the file's last test. Call it inside `beforeAll` or a test.
 * @param migrated false: an empty one
 */
export const database = async ({ migrated = true } = {}): Promise<{ url: string }> => {
  const server = inject('databaseUrl')
  const name = `understudy_test_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${name} ${migrated ? `template ${inject('templateDatabase')}` : ''}`)
  made.push(name)
  return { url: onDatabase(server, name) }
}

/** Where Redis is; undefined where there is none. */
export const redisUrl = (): string | undefined => inject('redisUrl') || undefined

const made: string[] = []

/** Drops what `database` made since it was called last, with the connections to it. */
export const dropDatabases = async (): Promise<void> => {
  const drop = (name: string) => administer(inject('databaseUrl'), `drop database if exists ${name} with (force)`)
  await Promise.all(made.splice(0).map(drop))
}
