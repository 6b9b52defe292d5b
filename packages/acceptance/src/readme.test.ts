import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { SETTINGS } from '@understudy/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { env } from './env.ts'
import { officialClient } from './official-client.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const root = new URL('../../../', import.meta.url)
const clients = fileURLToPath(new URL('packages/acceptance/clients', root))
const NEWEST = '1.45.0'

let readme: string
let server: Understudy

beforeAll(async () => {
  readme = await readFile(new URL('README.md', root), 'utf8')
  server = await startUnderstudy()
})
afterAll(() => server.stop())

test('the program in the README runs as it stands, with nothing but the printed lines in its environment', async () => {
  const [, program = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  expect(program).toContain('@botpress/client')
  // It has to lie where the client is installed.
  const directory = await mkdtemp(join(clients, 'readme-'))
  const file = join(directory, 'program.mjs')
  await writeFile(file, program.replace('@botpress/client', `client-${NEWEST}`))
  const { place, credentials } = server
  try {
    await promisify(execFile)(process.execPath, [file], { env: { PATH: env.path, ...credentials } })
  } finally {
    await rm(directory, { recursive: true })
  }
  const bot = officialClient(NEWEST, { ...place, botId: credentials['BP_BOT_ID'] ?? '' })
  const { messages } = await bot.listMessages({})
  expect(messages).toMatchObject([{ type: 'text', payload: { text: 'Hello' }, direction: 'incoming' }])
})

test('the table of settings names every setting there is', () => {
  const [, table = ''] = /## Settings\n([\s\S]*?)\n## /.exec(readme) ?? []
  const named = [...table.matchAll(/^\| `(\w+)`\s*\|/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(Object.keys(SETTINGS).toSorted())
})
