import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createStorageFile, deleteBot, newId, type PlatformContext } from '@understudy/core'
import { openFiles } from '@understudy/files'
import { redisUrl } from '@understudy/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storageFilesProcessors } from './storage-files.processors.ts'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

let on: Awaited<ReturnType<typeof stage>>
let directory: string
let platform: PlatformContext

beforeAll(async () => {
  on = await stage()
  directory = await mkdtemp(join(tmpdir(), 'understudy-worker-'))
  platform = { ...on.platform, files: await openFiles(pathToFileURL(directory).href) }
})
afterAll(() => rm(directory, { recursive: true }))

const HOUR_MS = 60 * 60 * 1000
const keyOf = (id: string) => `storage-files/${id}`

/** As if it had been written that long ago. */
const age = async (id: string, ms: number) => {
  const then = new Date(Date.now() - ms)
  await utimes(join(directory, 'storage-files', id.slice(-2), id), then, then)
}
const write = async (ms: number, key = keyOf) => {
  const id = newId('file')
  await platform.files.write(key(id), Buffer.from('x'))
  if (key === keyOf) await age(id, ms)
  return id
}
const left = async () => {
  const keys: string[] = []
  for await (const { key } of platform.files.list('storage-files')) keys.push(key)
  return keys.toSorted()
}
const newFile = async (botId: string) => {
  const file = { botId, contents: Buffer.from('abc'), name: 'a', accessType: 'private' } as const
  return (await createStorageFile({ ...on.admin, files: platform.files }, file)).id
}

const queues = [
  { name: 'PostgreSQL', here: true, redis: () => undefined },
  { name: 'Redis', here: redisUrl() !== undefined, redis: redisUrl },
]

describe.for(queues)('with the queue on $name', ({ here, redis }) => {
  test.runIf(here)('contents that no file has are gone after an hour; all others stay', async () => {
    const { botId } = await on.scene({})
    const kept = await newFile(botId)
    await age(kept, 2 * HOUR_MS)
    const young = await write(HOUR_MS / 2)
    await write(2 * HOUR_MS)
    const running = await work({ ...on.options(redis()), platform })
    await expect.poll(left).toEqual([kept, young].map(keyOf).toSorted())
    await running.close()
    await Promise.all([kept, young].map((id) => platform.files.remove(keyOf(id))))
  })
})

test('a deleted bot takes its contents along', async () => {
  const { botId } = await on.scene({})
  const ids = [await newFile(botId), await newFile(botId)]
  await deleteBot(on.admin, botId)
  await Promise.all(ids.map((id) => age(id, 2 * HOUR_MS)))
  await storageFilesProcessors['storage-files.sweep']({}, platform)
  expect(await left()).toEqual([])
})

test('sweeps side by side remove however many orphans there are, and no contents of others', async () => {
  await Promise.all(Array.from({ length: 1_100 }, () => write(2 * HOUR_MS)))
  await write(0, (id) => `elsewhere/${id}`)
  await Promise.all([1, 2, 3].map(() => storageFilesProcessors['storage-files.sweep']({}, platform)))
  expect(await left()).toEqual([])
  const others: string[] = []
  for await (const { key } of platform.files.list('elsewhere')) others.push(key)
  expect(others).toHaveLength(1)
})

test('the time of bots does not age contents', async () => {
  const young = await write(HOUR_MS / 2)
  on.hurry(10 * 24 * HOUR_MS)
  await storageFilesProcessors['storage-files.sweep']({}, platform)
  expect(await left()).toEqual([keyOf(young)])
})
