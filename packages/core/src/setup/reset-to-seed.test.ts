import { connectDb, type Db } from '@understudy/db'
import { database } from '@understudy/testkit'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createBot } from '../bots/index.ts'
import { findPrincipal } from '../callers/index.ts'
import { createPlatform } from '../platform.ts'
import { checkSecretKey } from './check-secret-key.ts'
import { firstRun } from './first-run.ts'
import { belongings, resetToSeed } from './reset-to-seed.ts'

const opened: Db[] = []
let url: string

beforeEach(async () => {
  ;({ url } = await database())
})
afterAll(async () => {
  await Promise.all(opened.map((db) => db.close()))
})

test('a reset leaves what the first run made, with the same ids and the same token, and nothing else', async () => {
  const db = connectDb({ url })
  opened.push(db)
  const secretKey = '0123456789abcdef0123456789abcdef'
  const platform = createPlatform({ db, secretKey, limits: 'generous', publicUrl: 'http://understudy.test' })
  await checkSecretKey(platform)
  const token = 'a-token-of-my-own'
  const { workspaceId, accountId, ...home } = await firstRun(platform, { token })
  expect(await belongings(platform)).toEqual({ bots: 0, integrations: 0, conversations: 0, files: 0 })

  const caller = { kind: 'account', accountId, roles: { [workspaceId]: 'owner' } } as const
  await createBot({ ...platform, workspaceId, caller }, { name: 'mine' })
  await db.prisma.bot.update({ where: { id: home.botId }, data: { name: 'renamed' } })
  await db.prisma.installation.deleteMany({ where: { botId: home.botId } })
  expect(await belongings(platform)).toMatchObject({ bots: 1 })

  expect(await resetToSeed(platform, token)).toEqual({ workspaceId, accountId, ...home })
  expect(await db.prisma.bot.findMany()).toMatchObject([{ id: home.botId, name: 'demo' }])
  expect(await db.prisma.installation.count({ where: { botId: home.botId, alias: 'emulator', enabled: true } })).toBe(1)
  expect(await findPrincipal(platform, token)).toMatchObject({ accountId, roles: { [workspaceId]: 'owner' } })
  await checkSecretKey(platform)
  expect(await firstRun(platform, {})).toMatchObject({ workspaceId, accountId, botId: home.botId })
})
