import type { Message } from '@understudy/contract'
import { database, listen } from '@understudy/testkit'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type OfficialClient, officialClient } from './official-client.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const servers: Understudy[] = []
let bot: OfficialClient
let botId: string
/** What a script does that has nothing but the printed lines. */
let address: string
let headers: Record<string, string>

beforeAll(async () => {
  const { url } = await database()
  for (let count = 0; count < 2; count++) servers.push(await startUnderstudy(url))
  const [{ credentials }, { place }] = servers as [Understudy, Understudy]
  botId = credentials['BP_BOT_ID'] ?? ''
  // The bot talks to one server, who talks to it to the other.
  bot = officialClient('1.45.0', { ...place, botId })
  const [page = '', key] = (credentials['EMULATOR_URL'] ?? '').split('#')
  address = page
  headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
})
afterAll(() => Promise.all(servers.map(({ stop }) => stop())))

const SOON = { timeout: 10_000 }

const say = async (what: object): Promise<Message> => {
  const answer = await fetch(`${address}/messages`, { method: 'POST', headers, body: JSON.stringify(what) })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { message: Message }).message
}
const hear = async (conversation: string, query = '') => {
  const stream = await listen(`${address}/conversations/${conversation}/stream${query}`, headers)
  onTestFinished(() => stream.hangUp())
  return stream
}
const textsOf = (events: { data: unknown }[]) =>
  events.map(({ data }) => (data as { message: Message }).message.payload['text'])

test('a bot written with the official client is heard by whoever talks to it in the emulator, each answer once', async () => {
  const { id, conversationId } = await say({ userId: 'ann', conversationId: 'room', text: 'Hello' })
  const stream = await hear('room', `?after=${id}`)

  const { events } = await bot.listEvents({ messageId: id })
  expect(events).toMatchObject([{ type: 'message_created', payload: { message: { payload: { text: 'Hello' } } } }])
  const answer = (text: string) =>
    bot.createMessage({ conversationId, userId: botId, type: 'text', payload: { text }, tags: {} })
  await answer('1')
  await expect.poll(() => textsOf(stream.events), SOON).toEqual(['1'])
  const lastId = stream.events.at(-1)?.id ?? ''
  stream.hangUp()

  await answer('2')
  const again = await hear('room', `?after=${lastId}`)
  await answer('3')
  await expect.poll(() => textsOf(again.events), SOON).toEqual(['2', '3'])
})

test('the official client is told where a webchat of the bot is', async () => {
  const [{ place, credentials }] = servers as [Understudy]
  const owner = officialClient('1.45.0', place)
  const { code } = await owner.getBotWebchat({ id: botId, type: 'sharableUrl' })
  expect(code).toBe(credentials['EMULATOR_URL'])
})
