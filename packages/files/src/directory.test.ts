import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

test('drafts are no contents, and nothing is left of those that were finished', async () => {
  await files.write('letters/one', Buffer.from('a'))
  expect(await readdir(join(root, '.drafts'))).toEqual([])
  await writeFile(join(root, '.drafts', 'half'), 'x')
  const keys: string[] = []
  for await (const { key } of files.list('letters')) keys.push(key)
  expect(keys).toEqual(['letters/one'])
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
  await expect(files.write('letters/one', Buffer.from('a'))).rejects.toMatchObject({ name: 'FilesUnavailable' })
})
