import { type AnalyticsRecord, AnalyticsRecord as Shape } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const clock = movingClock('2026-03-01T23:59:59.998Z')
let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

/** A bot of its own for each test. */
let botId: string
let bot: Caller
let emulator: Caller

beforeAll(async () => {
  api = await startApi({ clock })
  owner = await api.account('owner')
})

beforeEach(async () => {
  const made = await owner.call('POST', '/v1/admin/bots', { events: { sale: { schema: {} } } })
  botId = (made.body['bot'] as { id: string }).id
  const installed = { emulator: { integrationId: api.home.emulatorIntegrationId, enabled: true } }
  await owner.call('PUT', `/v1/admin/bots/${botId}`, { integrations: installed })
  bot = await api.bot(botId)
  emulator = await api.integration(api.home.emulatorIntegrationId, botId)
})

const idOf = ({ status, body }: Answer, noun: string): string => {
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return (body[noun] as { id: string }).id
}
const user = async () => idOf(await emulator.call('POST', '/v1/chat/users', { tags: { id: newUuid() } }), 'user')
const room = async () => {
  const conversation = { channel: 'channel', tags: { id: newUuid() } }
  return idOf(await emulator.call('POST', '/v1/chat/conversations', conversation), 'conversation')
}
const say = async (userId: string, conversationId: string, caller = emulator) => {
  const message = { userId, conversationId, type: 'text', payload: { text: 'x' }, tags: {} }
  return idOf(await caller.call('POST', '/v1/chat/messages', message), 'message')
}

const ask = (startDate: string, endDate: string, id = botId, caller = owner) =>
  caller.call('GET', `/v1/admin/bots/${id}/analytics?${new URLSearchParams({ startDate, endDate }).toString()}`)
const record = async (startDate: string, endDate = startDate): Promise<AnalyticsRecord> => {
  const { status, body } = await ask(startDate, endDate)
  expect(status, JSON.stringify(body)).toBe(200)
  const [one, ...more] = body['records'] as unknown[]
  expect(more).toEqual([])
  return Shape.parse(one)
}
const today = () => clock.now().toISOString().slice(0, 10)

test('what happens is counted on its day in UTC, to the last millisecond', async () => {
  clock.advance(DAY_MS - ((clock.now().getTime() + 1) % DAY_MS))
  const first = today()
  const [anna, home] = [await user(), await room()]
  await say(anna, home)
  await say(botId, home, bot)
  await bot.call('POST', '/v1/chat/events', { type: 'sale', payload: {} })
  await bot.call('POST', '/v1/chat/analytics', { name: 'click', count: 3 })
  clock.advance(1)
  const second = today()
  const berta = await user()
  await say(anna, home)
  await say(anna, home)
  await say(berta, home)
  await bot.call('POST', '/v1/chat/analytics', { name: 'click', count: 4 })

  expect(await record(first)).toMatchObject({
    ...{ startDateTimeUtc: `${first}T00:00:00.000Z`, endDateTimeUtc: `${first}T23:59:59.999Z` },
    ...{ newUsers: 1, returningUsers: 0, sessions: 1, messages: 1, userMessages: 1, botMessages: 1 },
    ...{ events: 2, eventTypes: { sale: 1, message_created: 1 }, customEvents: { click: 3 } },
    llm: { calls: 0, cost: { sum: 0 } },
  })
  expect(await record(second)).toMatchObject({
    ...{ newUsers: 1, returningUsers: 1, sessions: 1, messages: 3, userMessages: 3, botMessages: 0 },
    ...{ events: 3, eventTypes: { message_created: 3 }, customEvents: { click: 4 } },
  })
  expect(await record(first, second)).toMatchObject({
    ...{ startDateTimeUtc: `${first}T00:00:00.000Z`, endDateTimeUtc: `${second}T23:59:59.999Z` },
    ...{ newUsers: 2, returningUsers: 0, sessions: 2, userMessages: 4, botMessages: 1, events: 5 },
    customEvents: { click: 7 },
  })
})

test('a bound is a date or a moment of any time zone, and means its whole day in UTC', async () => {
  await say(await user(), await room())
  const day = today()
  const midnight = Date.parse(day)
  const before = new Date(midnight - DAY_MS).toISOString().slice(0, 10)
  const said = async (startDate: string, endDate: string) => (await record(startDate, endDate)).userMessages
  expect(await said(`${day}T23:59:59.999Z`, `${day}T00:00:00.000Z`)).toBe(1)
  expect(await said(`${before}T23:30:00-01:00`, `${before}T23:30:00-01:00`)).toBe(1)
  expect(await said(`${day}T00:30:00+01:00`, `${day}T00:30:00+01:00`)).toBe(0)
  expect(await said(before, before)).toBe(0)
  expect(await said(before, day)).toBe(1)
  expect(await said('0000-01-01', '9999-12-31')).toBe(1)
  for (const [startDate, endDate, field] of [
    [day, before, 'endDate'],
    ['', day, 'startDate'],
    [day, 'yesterday', 'endDate'],
    [day, '2026-02-30', 'endDate'],
  ] as const)
    expect((await ask(startDate, endDate)).body).toMatchObject({ code: 400, type: 'InvalidQuery', metadata: { field } })
})

test('what is deleted stays counted: messages, conversations, users and events', async () => {
  const [anna, berta] = [await user(), await user()]
  clock.advance(DAY_MS)
  const day = today()
  const [home, lobby] = [await room(), await room()]
  const lost = await say(anna, home)
  await say(berta, lobby)
  await say(botId, lobby, bot)
  await bot.call('POST', '/v1/chat/events', { type: 'sale', payload: {} })
  await user()
  const before = await record(day)
  expect(before).toMatchObject({ newUsers: 1, returningUsers: 2, sessions: 2, userMessages: 2, botMessages: 1 })

  await bot.call('DELETE', `/v1/chat/messages/${lost}`)
  expect(await record(day)).toEqual(before)
  await say(anna, home)
  const more = { messages: 3, userMessages: 3, events: before.events + 1 }
  const after = { ...before, ...more, eventTypes: { ...before.eventTypes, message_created: 3 } }
  expect(await record(day)).toEqual(after)
  await bot.call('DELETE', `/v1/chat/conversations/${home}`)
  await bot.call('DELETE', `/v1/chat/conversations/${lobby}`)
  await bot.call('DELETE', `/v1/chat/users/${anna}`)
  expect(await record(day)).toEqual(after)
  await api.platform.db.rows({ name: 'test.delete-events', text: 'delete from events where bot_id = $1' }, [botId])
  expect(await record(day)).toEqual(after)
})

test('messages of the past count on their own days', async () => {
  const [userId, conversationId] = [await user(), await room()]
  const past = { userId, conversationId, type: 'text', payload: {}, tags: {} }
  const messages = ['2025-05-05T23:59:59.999Z', '2025-05-06T00:00:00.000Z'].map((createdAt) => ({ ...past, createdAt }))
  expect((await bot.call('POST', '/v1/chat/messages/import-messages', { messages })).status).toBeLessThan(300)
  expect(await record('2025-05-05')).toMatchObject({ userMessages: 1, newUsers: 0, returningUsers: 0, events: 0 })
  expect(await record('2025-05-05', '2025-05-06')).toMatchObject({ userMessages: 2, sessions: 2 })
  expect(await record(today())).toMatchObject({ userMessages: 0, newUsers: 1 })
})

test('whatever many writers and deleters do at once, each acknowledged message is counted once, at any moment', async () => {
  const day = today()
  const userId = await user()
  const homes = await Promise.all(Array.from({ length: 8 }, room))
  let acknowledged = 0
  let asked = 0
  const over = new AbortController()
  const watch = async () => {
    let seen = 0
    while (!over.signal.aborted) {
      const least = acknowledged
      const { userMessages } = await record(day)
      expect(userMessages).toBeGreaterThanOrEqual(Math.max(least, seen))
      expect(userMessages).toBeLessThanOrEqual(asked)
      seen = userMessages
    }
  }
  const write = async (writer: number) => {
    for (let n = 0; n < 12; n++) {
      asked++
      const id = await say(userId, homes[(writer + n) % homes.length] as string)
      acknowledged++
      if (n % 2) expect((await bot.call('DELETE', `/v1/chat/messages/${id}`)).status).toBe(200)
    }
  }
  const watching = watch()
  await Promise.all(Array.from({ length: 32 }, (_, writer) => write(writer)))
  over.abort()
  await watching
  expect(acknowledged).toBe(32 * 12)
  expect(await record(day)).toMatchObject({ userMessages: acknowledged, sessions: homes.length, newUsers: 1 })
})

test('nobody sees the analytics of a bot that is not theirs', async () => {
  const { botId: foreign } = await api.neighbour()
  expect(await ask('2026-01-01', '2026-01-02', foreign)).toMatchObject({ status: 404 })
  expect(await ask('2026-01-01', '2026-01-02', 'nobody')).toMatchObject({ status: 404 })
  await owner.call('PUT', `/v1/admin/bots/${botId}/allowlist`, { setting: 'SELECTED_USERS', users: {} })
  const viewer = await api.account('viewer')
  expect(await ask('2026-01-01', '2026-01-02', botId, viewer)).toMatchObject({ status: 404 })
})
