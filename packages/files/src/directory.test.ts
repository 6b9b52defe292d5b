import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { FileStore } from './file-store.ts'
import { openFiles } from './open-files.ts'

let root: string
let files: FileStore

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'understudy-files-'))
  onTestFinished(() => rm(root, { recursive: true }))
  files = await openFiles(pathToFileURL(root).href)
})

const read = async (key: string, range?: { start: number; end: number }) => {
  const stream = await files.read(key, range)
  return stream && text(stream)
}
const listed = async (area = 'letters') => {
  const keys: string[] = []
  for await (const { key } of files.list(area)) keys.push(key)
  return keys.toSorted()
}
const write = (key: string, contents: string) => files.write(key, Buffer.from(contents))

test('what is written is read again, byte for byte, by whoever opens the same place', async () => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 256))
  await files.write('letters/one', bytes)
  files = await openFiles(pathToFileURL(root).href)
  const stream = await files.read('letters/one')
  expect(stream && bytes.equals(await buffer(stream))).toBe(true)
})

test('a part is from its first to its last byte', async () => {
  await write('letters/one', 'abcdef')
  expect(await read('letters/one', { start: 2, end: 3 })).toBe('cd')
})

test('under a key where nothing was written there is nothing', async () => {
  expect(await read('letters/none')).toBeUndefined()
  await files.remove('letters/none')
  expect(await listed()).toEqual([])
})

test('what is removed is gone', async () => {
  await write('letters/one', 'a')
  await files.remove('letters/one')
  expect(await read('letters/one')).toBeUndefined()
})

test('an area lists its own contents and no drafts', async () => {
  await Promise.all([write('letters/one', 'a'), write('letters/two', 'b'), write('parcels/one', 'c')])
  await writeFile(join(root, '.drafts', 'half'), 'x')
  expect(await listed()).toEqual(['letters/one', 'letters/two'])
  expect(await listed('parcels')).toEqual(['parcels/one'])
})

test.each([
  'one',
  'letters/../../one',
  '../one/two',
  'letters/',
  '/etc/passwd',
  'letters/a.b',
  'letters/a/b',
  '.drafts/a',
])('%s is no key, and leads nowhere', async (key) => {
  await expect((async () => files.write(key, Buffer.from('x')))()).rejects.toThrow('is no key')
  await expect((async () => files.read(key))()).rejects.toThrow('is no key')
})

test('many who write one key at once leave what one of them wrote, whole', async () => {
  const versions = Array.from({ length: 20 }, (_, at) => String(at % 10).repeat(100_000))
  await Promise.all(versions.map((version) => write('letters/one', version)))
  expect(versions).toContain(await read('letters/one'))
  expect(await readdir(join(root, '.drafts'))).toEqual([])
})

test('drafts of writers that died are cleared, those of writers at work are not', async () => {
  const [old, young] = [join(root, '.drafts', 'old'), join(root, '.drafts', 'young')]
  await writeFile(old, 'x')
  await writeFile(young, 'x')
  await utimes(old, new Date('2026-01-01'), new Date('2026-01-01'))
  await files.clearDrafts(new Date('2026-01-02'))
  expect([existsSync(old), existsSync(young)]).toEqual([false, true])
})

test('a place that cannot be had is told apart from a mistake of ours', async () => {
  await writeFile(join(root, 'taken'), '')
  await expect(openFiles(pathToFileURL(join(root, 'taken')).href)).rejects.toMatchObject({ name: 'FilesUnavailable' })
  await rm(join(root, '.drafts'), { recursive: true })
  await expect(write('letters/one', 'a')).rejects.toMatchObject({ name: 'FilesUnavailable' })
})
