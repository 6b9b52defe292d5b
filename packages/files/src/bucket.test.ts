import { startObjectStore } from '@understudy/testkit'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { openFiles } from './open-files.ts'

let store: Awaited<ReturnType<typeof startObjectStore>>

beforeEach(async () => {
  store = await startObjectStore()
  onTestFinished(store.stop)
  for (const [name, value] of Object.entries(store.credentials)) vi.stubEnv(name, value)
})

test('two servers share a bucket, each under its prefix', async () => {
  const [one, other] = await Promise.all([openFiles(store.url('one')), openFiles(store.url('other/'))])
  await one.write('letters/a', Buffer.from('1'))
  expect(await other.read('letters/a')).toBeUndefined()
  expect([...store.objects.keys()].toSorted()).toEqual(['one/.writable', 'one/letters/a', 'other/.writable'])
})

test('what was cut off leaves nothing, and what was there stays', async () => {
  const files = await openFiles(store.url())
  await files.write('letters/old', Buffer.from('old'))
  store.faults.hangsUp = true
  for (const key of ['letters/old', 'letters/new'])
    await expect(files.write(key, Buffer.alloc(1_000_000))).rejects.toMatchObject({ name: 'FilesUnavailable' })
  store.faults.hangsUp = false
  expect(store.objects.get('letters/old')?.bytes.toString()).toBe('old')
  expect(await files.has('letters/new')).toBe(false)
})

test.each([
  ['a bucket that is not there', () => store.url().replace('contents', 'missing'), 'NoSuchBucket'],
  [
    'one that nobody knows',
    () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'stranger')
      return store.url()
    },
    'InvalidAccessKeyId',
  ],
])('%s is told apart from a mistake of ours, at the start', async (_, url, said) => {
  await expect(openFiles(url())).rejects.toMatchObject({ name: 'FilesUnavailable', message: said })
})

test('while the store cannot be reached, contents are unavailable rather than missing', async () => {
  const files = await openFiles(store.url())
  await store.stop()
  const attempts = [
    files.has('letters/a'),
    files.read('letters/a'),
    files.remove('letters/a'),
    files.list('letters')[Symbol.asyncIterator]().next(),
  ]
  for (const attempt of await Promise.allSettled(attempts))
    expect(attempt).toMatchObject({ status: 'rejected', reason: { name: 'FilesUnavailable' } })
})
