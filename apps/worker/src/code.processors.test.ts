import { createHash } from 'node:crypto'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Bulk } from '@understudy/contract'
import {
  createBot,
  createIntegration,
  deleteBot,
  deleteIntegration,
  newUuid,
  sweepCode,
  type WorkspaceContext,
} from '@understudy/core'
import { openFiles } from '@understudy/files'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

const HOUR_MS = 60 * 60 * 1000

let on: Awaited<ReturnType<typeof stage>>
let directory: string
let admin: WorkspaceContext

beforeAll(async () => {
  on = await stage()
  directory = await mkdtemp(join(tmpdir(), 'understudy-worker-'))
  admin = { ...on.admin, files: await openFiles(pathToFileURL(directory).href) }
})
afterAll(() => rm(directory, { recursive: true }))

const newCode = () => {
  const bytes = Buffer.from(newUuid())
  return new Bulk(bytes, createHash('sha256').update(bytes).digest('hex'))
}
const isThere = ({ sha256 }: Bulk) => admin.files.has(`code/${sha256}`)
/** As if it had been written that long ago. */
const age = async ({ sha256 }: Bulk, ms = 2 * HOUR_MS) => {
  const then = new Date(Date.now() - ms)
  await utimes(join(directory, 'code', sha256.slice(-2), sha256), then, then)
}
const integrationWith = (code: Bulk) => createIntegration(admin, { name: 'coded', version: '1.0.0', code })

test('code stays while a bot or an integration has it, and is gone an hour after the last', async () => {
  const code = newCode()
  const [bot, other] = [await createBot(admin, { code }), await createBot(admin, { code })]
  const integration = await integrationWith(code)
  await age(code)
  for (const end of [() => deleteBot(admin, bot.id), () => deleteBot(admin, other.id)]) {
    await end()
    await sweepCode(admin)
    expect(await isThere(code)).toBe(true)
  }
  await deleteIntegration(admin, integration.id)
  await age(code, HOUR_MS / 2)
  await sweepCode(admin)
  expect(await isThere(code)).toBe(true)
  await age(code)
  const running = await work({ ...on.options(undefined), platform: admin })
  await expect.poll(() => isThere(code)).toBe(false)
  await running.close()
})

test('a deployment of code that is being swept has its code afterwards', async () => {
  const bots: string[] = []
  for (let n = 0; n < 20; n++) {
    const code = newCode()
    await admin.files.write(`code/${code.sha256}`, code.bytes)
    await age(code)
    const [bot] = await Promise.all([createBot(admin, { code }), sweepCode(admin), sweepCode(admin)])
    bots.push(bot.id)
    expect(await isThere(code)).toBe(true)
  }
  await Promise.all(bots.map((id) => deleteBot(admin, id)))
})
