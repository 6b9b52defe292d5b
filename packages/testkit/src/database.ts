import { randomUUID } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { administer, onDatabase } from './setup.ts'

/**
 * A migrated database of one's own, gone after the file's last test. Call it inside `beforeAll` or a test.
 * @param migrated false: an empty one
 */
export const database = async ({ migrated = true } = {}): Promise<{ url: string }> => {
  const server = inject('databaseUrl')
  const name = `understudy_test_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${name} ${migrated ? `template ${inject('templateDatabase')}` : ''}`)
  dropped.push(() => administer(server, `drop database if exists ${name} with (force)`))
  return { url: onDatabase(server, name) }
}

/** Where Redis is; undefined where there is none. */
export const redisUrl = (): string | undefined => inject('redisUrl') || undefined

const dropped: (() => Promise<void>)[] = []
afterAll(async () => {
  await Promise.all(dropped.splice(0).map((drop) => drop()))
})
