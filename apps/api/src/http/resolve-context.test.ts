import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Api = Awaited<ReturnType<typeof startApi>>

let api: Api
let neighbour: Awaited<ReturnType<Api['neighbour']>>
let emulator: string
let crow: { id: string }

beforeAll(async () => {
  api = await startApi()
  neighbour = await api.neighbour()
  emulator = api.home.emulatorIntegrationId
  const admin = await api.owner()
  crow = await createIntegration(admin, { name: 'crow', version: '1.0.0' })
  const installed = { crow: { integrationId: crow.id, enabled: true } }
  await updateBot(admin, api.home.botId, { integrations: installed }, 'alias')
})

/** The same token with other headers; undefined leaves one out. */
const but = (caller: Caller, change: Record<string, string | undefined>): Caller => {
  const { authorization = '', ...headers } = caller.headers
  const kept = Object.entries({ ...headers, ...change }).filter((one): one is [string, string] => one[1] !== undefined)
  return api.caller(authorization.slice('Bearer '.length), Object.fromEntries(kept))
}
const users = (caller: Caller) => caller.call('GET', '/v1/chat/users')
const bots = (caller: Caller) => caller.call('GET', '/v1/admin/bots')
const told = ({ body }: Answer) => ({ code: body['code'], message: String(body['message']) })

describe('a bot key', () => {
  test('needs no header to name its bot, and opens no other', async () => {
    const bot = await api.bot()
    expect((await users(but(bot, { 'x-bot-id': undefined }))).status).toBe(200)
    for (const foreign of [neighbour.botId, newUuid(), 'nonsense'])
      expect(told(await users(but(bot, { 'x-bot-id': foreign })))).toEqual({
        code: 404,
        message: `Bot "${foreign}" not found`,
      })
  })

  test('does not act as an integration', async () => {
    const bot = await api.bot()
    for (const headers of [{ 'x-integration-id': emulator }, { 'x-integration-alias': 'emulator' }])
      expect(told(await users(but(bot, headers)))).toMatchObject({ code: 403 })
  })
})

describe('an integration key', () => {
  test('acts as its installation, named or not', async () => {
    const integration = await api.integration()
    expect((await users(integration)).status).toBe(200)
    expect((await users(but(integration, { 'x-integration-id': undefined }))).status).toBe(200)
    expect((await users(but(integration, { 'x-integration-alias': 'emulator' }))).status).toBe(200)
  })

  test('acts as no other, and finds no bot that has not installed it', async () => {
    const integration = await api.integration()
    expect(told(await users(but(integration, { 'x-integration-id': crow.id })))).toMatchObject({ code: 404 })
    expect(told(await users(but(integration, { 'x-integration-alias': 'crow' })))).toMatchObject({ code: 404 })
    const foreign = but(integration, { 'x-bot-id': neighbour.botId, 'x-integration-id': undefined })
    expect(told(await users(foreign))).toEqual({ code: 404, message: `Bot "${neighbour.botId}" not found` })
  })

  test('has to name a bot', async () => {
    const integration = await api.integration()
    expect(told(await users(but(integration, { 'x-bot-id': undefined })))).toMatchObject({
      code: 400,
      message: expect.stringContaining('x-bot-id'),
    })
  })
})

describe('an account', () => {
  test('acts as an integration by id, by alias, or by both where they agree', async () => {
    const developer = await api.account('developer')
    for (const headers of [
      { 'x-integration-id': crow.id },
      { 'x-integration-alias': 'crow' },
      { 'x-integration-id': crow.id, 'x-integration-alias': 'crow' },
    ])
      expect((await users(but(developer, headers))).status).toBe(200)
    for (const headers of [
      { 'x-integration-id': crow.id, 'x-integration-alias': 'emulator' },
      { 'x-integration-id': neighbour.integrationId },
      { 'x-integration-id': newUuid() },
      { 'x-integration-alias': 'nobody' },
    ])
      expect(told(await users(but(developer, headers)))).toMatchObject({
        code: 404,
        message: expect.stringMatching(/^Integration ".*" not found$/),
      })
  })

  test('needs to be a developer to act as one', async () => {
    const viewer = await api.account('viewer')
    expect(told(await users(but(viewer, { 'x-integration-id': crow.id })))).toMatchObject({ code: 403 })
  })

  test('has to name a bot', async () => {
    const developer = await api.account('developer')
    expect(told(await users(but(developer, { 'x-bot-id': undefined })))).toMatchObject({
      code: 400,
      message: expect.stringContaining('x-bot-id'),
    })
  })

  test('names a workspace unless there is only one', async () => {
    const developer = await api.account('developer')
    const unnamed = but(developer, { 'x-workspace-id': undefined })
    expect((await bots(unnamed)).status).toBe(200)

    const { db, clock } = api.platform
    const { account } = (await developer.call('GET', '/v1/admin/account/me')).body as { account: { id: string } }
    const member = { id: newUuid(), accountId: account.id, role: 'viewer' as const, createdAt: clock.now() }
    await db.prisma.workspaceMember.create({ data: { ...member, workspaceId: neighbour.workspaceId } })
    const undecided = { code: 400, message: expect.stringContaining('x-workspace-id') }
    await expect.poll(async () => told(await bots(unnamed)), { timeout: 1000 }).toMatchObject(undecided)
    expect((await bots(but(developer, { 'x-workspace-id': neighbour.workspaceId }))).status).toBe(200)
  })
})

test('a blocked bot refuses its own, and to strangers does not exist', async () => {
  const { db } = api.platform
  const stranger = await api.account('owner')
  await db.prisma.bot.update({ where: { id: neighbour.botId }, data: { blocked: true } })
  const refused = { code: 403, message: expect.stringContaining('blocked') }
  await expect.poll(async () => told(await users(neighbour.asOwner)), { timeout: 1000 }).toMatchObject(refused)
  expect(told(await users(but(stranger, { 'x-bot-id': neighbour.botId })))).toMatchObject({ code: 404 })
})
