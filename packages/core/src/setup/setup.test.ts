import { connectDb, type Db } from '@understudy/db'
import { database } from '@understudy/testkit'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { findPrincipal } from '../callers/index.ts'
import { createPlatform } from '../platform.ts'
import { checkSecretKey } from './check-secret-key.ts'
import { firstRun } from './first-run.ts'

const opened: Db[] = []
let url: string

beforeEach(async () => {
  ;({ url } = await database())
})
afterAll(async () => {
  await Promise.all(opened.map((db) => db.close()))
})

/** One process: connections and a key of its own. */
const start = (secretKey = '0123456789abcdef0123456789abcdef') => {
  const db = connectDb({ url })
  opened.push(db)
  return createPlatform({ db, secretKey, limits: 'generous', publicUrl: 'http://understudy.test' })
}

test('processes that start at the same time make one home, and one of them the token', async () => {
  const platforms = [start(), start(), start()]
  await Promise.all(platforms.map(checkSecretKey))
  const homes = await Promise.all(platforms.map((platform) => firstRun(platform, {})))
  expect(new Set(homes.map((home) => JSON.stringify({ ...home, token: undefined }))).size).toBe(1)
  expect(homes.filter(({ token }) => token)).toHaveLength(1)
  const [{ db }] = platforms as [ReturnType<typeof start>]
  expect([await db.prisma.workspace.count(), await db.prisma.bot.count(), await db.prisma.integration.count()]).toEqual(
    [1, 1, 1],
  )
})

test('the home has an owner, whom the token lets in, and a bot with the emulator switched on', async () => {
  const platform = start()
  const home = await firstRun(platform, { token: 'a-token-of-my-own' })
  expect(home.token).toBe('a-token-of-my-own')
  expect(await findPrincipal(platform, 'a-token-of-my-own')).toEqual({
    kind: 'account',
    accountId: home.accountId,
    roles: { [home.workspaceId]: 'owner' },
  })
  const installations = await platform.db.prisma.installation.findMany({ where: { botId: home.botId } })
  expect(installations).toMatchObject([
    { alias: 'emulator', enabled: true, status: 'registered', integrationId: home.emulatorIntegrationId },
  ])
  const { family } = await platform.db.prisma.integration.findUniqueOrThrow({
    where: { id: home.emulatorIntegrationId },
    include: { family: true },
  })
  expect(family).toMatchObject({ name: 'emulator', native: true })
  const { token: _, ...known } = home
  expect(await firstRun(platform, { token: 'another-token-of-mine' })).toEqual(known)
})

test('a first run that was cut short is taken up again, whatever it had done', async () => {
  const platform = start()
  const { token: _, ...home } = await firstRun(platform, {})
  await platform.db.prisma.serverFact.delete({ where: { name: 'first-run' } })
  expect(await firstRun(platform, {})).toMatchObject(home)
  await platform.db.prisma.serverFact.delete({ where: { name: 'first-run' } })
  await platform.db.prisma.bot.delete({ where: { id: home.botId } })
  const again = await firstRun(platform, {})
  expect(again).toMatchObject({ workspaceId: home.workspaceId, emulatorIntegrationId: home.emulatorIntegrationId })
  expect(again.botId).not.toBe(home.botId)
})

test('another SECRET_KEY is told in one sentence; the old one beside the new one is fine', async () => {
  const [old, fresh] = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210']
  await checkSecretKey(start(old))
  await checkSecretKey(start(old))
  await expect(checkSecretKey(start(fresh))).rejects.toMatchObject({
    name: 'OperatorError',
    message: expect.stringMatching(/^SECRET_KEY is not the one this database was set up with[^.]*\.$/),
  })
  await checkSecretKey(start(`${fresh},${old}`))
})
