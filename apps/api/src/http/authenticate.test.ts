import { newUuid, type PlatformContext } from '@understudy/core'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { issueClient, tokenFor } from '../testing/access-token.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let url: string
let asked: string[]
let close: () => Promise<unknown>

/** The statements a server sends, one by one. */
const watched = (platform: PlatformContext): PlatformContext => ({
  ...platform,
  db: {
    ...platform.db,
    row: (statement, values) => {
      asked.push(statement.name)
      return platform.db.row(statement, values)
    },
  },
})

beforeAll(async () => {
  api = await startApi()
  asked = []
  const app = await buildApp(watched(api.platform), pino({ level: 'silent' }))
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  close = () => app.close()
})
afterAll(() => close())

const CALLERS = ['callers.find-principal', 'callers.find-client-principal', 'callers.find-bot-profile']

/** How often the database was asked who is calling, and about which bot. Poll it: what was seen may just grow too old. */
const lookUps = async (work: () => Promise<unknown>): Promise<number> => {
  asked = []
  await work()
  return asked.filter((name) => CALLERS.includes(name)).length
}

const status = async ({ headers }: Pick<Caller, 'headers'>, method = 'GET', path = '/v1/chat/users') =>
  (await fetch(`${url}${path}`, { method, headers })).status

const byAccessToken = async () => {
  const client = await issueClient(await api.account('developer'), { kind: 'bot', botId: api.home.botId })
  return api.caller(await tokenFor(api.url, client))
}

test.each([
  ['a key', () => api.bot()],
  ['an access token', byAccessToken],
])('who has just been seen with %s costs no round trip', async (_, caller) => {
  const bot = await caller()
  const often = async () => expect(await Promise.all([1, 2, 3, 4, 5].map(() => status(bot)))).toContain(200)
  await expect.poll(() => lookUps(often)).toBe(0)
})

test('who has not been seen lately costs one round trip for the caller, and one for the bot', async () => {
  const bot = await byAccessToken()
  const first = async () => expect(await status(bot)).toBe(200)
  const again = async () => {
    await api.platform.db.rows({ name: 'test.announce', text: "select pg_notify('understudy_changed', '')" }, [])
    return lookUps(first)
  }
  await expect.poll(again).toBe(2)
})

test('requests that are refused do not make the server forget who is who', async () => {
  const bot = await api.bot()
  const strangers = async () => {
    expect(await status({ headers: {} }, 'POST', '/v1/admin/bots')).toBe(401)
    expect(await status(bot, 'POST', '/v1/admin/bots')).toBe(403)
    expect(await status(bot)).toBe(200)
  }
  await expect.poll(() => lookUps(strangers)).toBe(0)
})

test('a revoked token opens nothing a second later, whoever revoked it', async () => {
  const bot = await api.bot()
  expect(await status(bot)).toBe(200)
  await api.platform.db.prisma.token.deleteMany({ where: { botId: api.home.botId } })
  await expect.poll(() => status(bot), { timeout: 1000, interval: 20 }).toBe(401)
})

test('a change made by another process is heard of before what is remembered grows too old', async () => {
  const isHeardInTime = async () => {
    const bot = await api.bot()
    const since = performance.now()
    expect(await status(bot)).toBe(200)
    await api.platform.db.prisma.token.deleteMany({ where: { botId: api.home.botId } })
    while (performance.now() - since < 500) if ((await status(bot)) === 401) return performance.now() - since < 500
    return false
  }
  await expect.poll(isHeardInTime, { timeout: 10_000 }).toBe(true)
})

test('a token works from the moment it exists, even if it was tried before', async () => {
  const token = `bp_pat_${newUuid()}`
  const early = api.caller(token, { 'x-bot-id': api.home.botId })
  expect(await status(early)).toBe(401)
  const { secrets, db, clock, home } = { ...api.platform, home: api.home }
  const [hash] = secrets.hashesOf(token) as [Buffer<ArrayBuffer>]
  const { ownerId } = await db.prisma.workspace.findUniqueOrThrow({ where: { id: home.workspaceId } })
  const row = { id: `pat_${newUuid()}`, hash, note: '', createdAt: clock.now(), accountId: ownerId }
  await db.prisma.token.create({ data: row })
  expect(await status(early)).toBe(200)
})

test.each([undefined, '', 'Bearer', 'Bearer  ', 'Basic abc', 'bp_pat_bare'])(
  'the header %j says nothing about who is calling',
  async (authorization) => {
    const answer = await fetch(`${url}/v1/chat/users`, {
      headers: authorization === undefined ? {} : { authorization },
    })
    expect(await answer.json()).toMatchObject({ code: 401, message: expect.stringContaining('Authorization: Bearer') })
  },
)
