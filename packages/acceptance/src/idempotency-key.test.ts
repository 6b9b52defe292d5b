import { connectDb, type Statement } from '@understudy/db'
import { database } from '@understudy/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startFaultyProxy } from './faulty-proxy.ts'
import { settleIn } from './journey.ts'
import { type ClientOptions, type OfficialClient, officialClient } from './official-client.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const VERSION = '1.45.0'
/** As a bot's own client does it: a lost connection is tried again. */
const RETRY = { retries: 3, retryCondition: () => true, retryDelay: () => 0 }

let server: Understudy
let home: Awaited<ReturnType<typeof settleIn>>
let said: { userId: string; conversationId: string; type: string; payload: object; tags: object }
let parrot: OfficialClient

const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
})

const start = async (databaseUrl: string) => {
  server = await startUnderstudy(databaseUrl)
  stops.push(server.stop)
}

const asParrot = (url: string, options: Partial<ClientOptions> = {}): OfficialClient => {
  const { botId, integrationId } = home
  return officialClient(VERSION, { ...server.place, url, botId, integrationId, ...options })
}

beforeAll(async () => {
  await start((await database()).url)
  home = await settleIn(VERSION, server.place)
})
beforeEach(async () => {
  parrot = asParrot(server.place.url)
  const { user } = await parrot.createUser({ tags: {} })
  const { conversation } = await parrot.createConversation({ channel: 'room', tags: {} })
  said = { userId: user.id, conversationId: conversation.id, type: 'text', payload: { text: 'Once' }, tags: {} }
})

const written = async () => (await parrot.listMessages({ conversationId: said.conversationId })).messages

test.each([
  ['once under a key', { 'idempotency-key': 'lost' }, 1],
  ['twice without one', {}, 2],
])('a message whose answer was lost, and which the client tries again, is written %s', async (_, headers, times) => {
  const proxy = await startFaultyProxy(server.place.url)
  stops.push(proxy.stop)
  proxy.lose(1)
  const { message } = await asParrot(proxy.url, { headers, retry: RETRY }).createMessage(said)
  const messages = await written()
  expect(messages).toHaveLength(times)
  expect(messages.map(({ id }) => id)).toContain(message.id)
})

test('a server that is killed between the commit and the answer has written the message once', async () => {
  const headers = { 'idempotency-key': 'killed after' }
  const proxy = await startFaultyProxy(server.place.url)
  stops.push(proxy.stop)
  proxy.lose(1, server.kill)
  await expect(asParrot(proxy.url, { headers }).createMessage(said)).rejects.toThrow(/hang up|ECONNRESET/i)
  await start(server.databaseUrl)
  parrot = asParrot(server.place.url)
  const there = await written()
  expect(there).toHaveLength(1)
  const { message } = await asParrot(server.place.url, { headers }).createMessage(said)
  expect([message]).toEqual(there)
  expect(await written()).toEqual(there)
})

test('a server that is killed before the commit has written nothing, and the key is free', async () => {
  const HOLD: Statement = { name: 'test.hold', text: 'select from conversations where id = $1 for update' }
  const WAITING: Statement = {
    name: 'test.waiting',
    text: `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  }
  const headers = { 'idempotency-key': 'killed before' }
  const db = connectDb({ url: server.databaseUrl })
  stops.push(db.close)
  await db.atomically(async (rows) => {
    await rows(HOLD, [said.conversationId])
    const lost = asParrot(server.place.url, { headers })
      .createMessage(said)
      .catch(() => undefined)
    await expect.poll(() => db.rows(WAITING, [])).toHaveLength(1)
    await server.kill()
    await lost
  })
  await start(server.databaseUrl)
  parrot = asParrot(server.place.url)
  const { message } = await asParrot(server.place.url, { headers, retry: RETRY }).createMessage(said)
  expect((await written()).map(({ id }) => id)).toEqual([message.id])
})
