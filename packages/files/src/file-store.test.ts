import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { startObjectStore } from '@understudy/testkit'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { FileStore } from './file-store.ts'
import { openFiles } from './open-files.ts'

const inDirectory = async (): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'understudy-files-'))
  onTestFinished(() => rm(root, { recursive: true }))
  return pathToFileURL(root).href
}

const inBucket = async (): Promise<string> => {
  const store = await startObjectStore({ pageMax: 2 })
  onTestFinished(store.stop)
  for (const [name, value] of Object.entries(store.credentials)) vi.stubEnv(name, value)
  return store.url('some/prefix')
}

describe.each([
  ['a directory', inDirectory],
  ['a bucket', inBucket],
])('in %s', (_, place) => {
  let url: string
  let files: FileStore

  beforeEach(async () => {
    url = await place()
    files = await openFiles(url)
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
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_byte, at) => at % 256))
    await files.write('letters/one', bytes)
    files = await openFiles(url)
    const stream = await files.read('letters/one')
    expect(stream && bytes.equals(await buffer(stream))).toBe(true)
  })

  test('nothing at all can be written, too', async () => {
    await write('letters/one', '')
    expect(await read('letters/one')).toBe('')
  })

  test('a part is from its first to its last byte', async () => {
    await write('letters/one', 'abcdef')
    expect(await read('letters/one', { start: 2, end: 3 })).toBe('cd')
  })

  test('it can be told whether there is something', async () => {
    await write('letters/one', 'a')
    expect([await files.has('letters/one'), await files.has('letters/two')]).toEqual([true, false])
  })

  test('who reads may stop at any time', async () => {
    await files.write('letters/one', Buffer.alloc(10_000_000))
    const stream = await files.read('letters/one')
    const [part] = (await once(stream as Readable, 'data')) as [Buffer]
    expect(part.length).toBeGreaterThan(0)
    await once((stream as Readable).destroy(), 'close')
    expect(await read('letters/one', { start: 0, end: 1 })).toBe('\0\0')
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

  test('an area lists its own contents, and since when they are there', async () => {
    const before = Date.now()
    const names = ['one', 'two', 'three', 'four', 'five']
    await Promise.all([...names.map((name) => write(`letters/${name}`, 'a')), write('parcels/one', 'c')])
    expect(await listed()).toEqual(names.map((name) => `letters/${name}`).toSorted())
    expect(await listed('parcels')).toEqual(['parcels/one'])
    for await (const { writtenAt } of files.list('letters'))
      expect(Math.abs(writtenAt.getTime() - before)).toBeLessThan(60_000)
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
    const versions = Array.from({ length: 20 }, (_version, at) => String(at % 10).repeat(100_000))
    await Promise.all(versions.map((version) => write('letters/one', version)))
    expect(versions).toContain(await read('letters/one'))
    expect(await listed()).toEqual(['letters/one'])
  })
})
