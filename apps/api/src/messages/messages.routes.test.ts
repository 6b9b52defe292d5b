import { updateBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Thing = { id: string; [field: string]: unknown }

let emulator: Caller
let bot: Caller
let botId: string
let user: string
let conversation: string

const thing = ({ body }: Answer, noun: string): Thing => body[noun] as Thing

beforeAll(async () => {
  const api = await startApi()
  await updateBot(await api.owner(), api.home.botId, { message: { tags: { mood: {} } } }, 'alias')
  emulator = await api.integration()
  bot = await api.bot()
  botId = api.home.botId
  user = thing(await emulator.call('POST', '/v1/chat/users', { tags: { id: 'ann' } }), 'user').id
  conversation = await aConversation()
})

const aConversation = async () =>
  thing(await emulator.call('POST', '/v1/chat/conversations', { channel: 'channel', tags: {} }), 'conversation').id

const say = (caller: Caller, change: object = {}) =>
  caller.call('POST', '/v1/chat/messages', {
    conversationId: conversation,
    userId: caller === bot ? botId : user,
    type: 'text',
    payload: { text: 'Hello' },
    tags: {},
    ...change,
  })

const countOf = async (id: string) =>
  thing(await bot.call('GET', `/v1/chat/conversations/${id}`), 'conversation')['messageCount']

test('who creates a message decides its direction, and only an incoming one leaves an event', async () => {
  const incoming = thing(await say(emulator), 'message')
  const outgoing = thing(await say(bot), 'message')
  expect([incoming['direction'], outgoing['direction']]).toEqual(['incoming', 'outgoing'])
  const eventsOf = async (id: string) =>
    (await bot.call('GET', `/v1/chat/events?messageId=${id}`)).body['events'] as Thing[]
  expect(await eventsOf(incoming.id)).toMatchObject([
    { type: 'message_created', status: 'pending', payload: { message: { id: incoming.id }, user: { id: user } } },
  ])
  expect(await eventsOf(outgoing.id)).toEqual([])
})

test('the payload keeps the order of its keys', async () => {
  const payload = { z: 1, a: { y: 2, b: 3 } }
  const { id } = thing(await say(emulator, { payload }), 'message')
  const { body } = await bot.call('GET', `/v1/chat/messages/${id}`)
  expect(JSON.stringify((body['message'] as Thing)['payload'])).toBe(JSON.stringify(payload))
})

test('whoever writes takes part, and is counted', async () => {
  conversation = await aConversation()
  await say(emulator)
  await say(bot)
  const { body } = await bot.call('GET', `/v1/chat/conversations/${conversation}/participants`)
  expect((body['participants'] as Thing[]).map(({ id }) => id).toSorted()).toEqual([botId, user].toSorted())
  expect(await countOf(conversation)).toBe(2)
})

test('what a message names has to be there', async () => {
  const nobody = 'user_01J00000000000000000000000'
  const refused = async (change: object) => (await say(emulator, change)).body
  expect(await refused({ userId: nobody })).toMatchObject({
    code: 400,
    type: 'ReferenceNotFound',
    metadata: { field: 'userId' },
  })
  expect(await refused({ conversationId: nobody })).toMatchObject({
    type: 'ReferenceNotFound',
    metadata: { field: 'conversationId' },
  })
})

test('a tag another channel declares is not one of this channel', async () => {
  expect((await say(emulator, { tags: { colour: 'red' } })).body).toMatchObject({
    code: 400,
    type: 'InvalidPayload',
    message: expect.stringMatching(/tags\.colour.*declared are: id/),
  })
})

test('a payload over the limit is told the limit, and nothing is written', async () => {
  const before = await countOf(conversation)
  const { body } = await say(emulator, { payload: { text: 'x'.repeat(128 * 1024) } })
  expect(body).toMatchObject({
    code: 413,
    type: 'LimitExceeded',
    metadata: { limit: 'messagePayloadBytes', max: 128 * 1024, actual: 128 * 1024 + '{"text":""}'.length },
  })
  expect(await countOf(conversation)).toBe(before)
})

test('a body over a megabyte is refused before it is read', async () => {
  const { body } = await say(emulator, { payload: { text: 'x'.repeat(1024 * 1024) } })
  expect(body).toMatchObject({ code: 413, type: 'PayloadTooLarge' })
})

test('all tags decide which message is meant, or those that are named alone, in its conversation', async () => {
  const home = await aConversation()
  const getOrCreate = async (tags: object, change: object = {}) => {
    const body = { conversationId: home, userId: user, type: 'text', payload: { text: 'once' }, tags, ...change }
    return (await bot.call('POST', '/v1/chat/messages/get-or-create', body)).body
  }
  const { message } = await getOrCreate({ 'emulator:id': 'm9' })
  const { id } = message as Thing
  await bot.call('PUT', `/v1/chat/messages/${id}`, { tags: { mood: 'merry' } })
  const found = { message: { id, payload: { text: 'once' } }, meta: { created: false } }
  const merry = { 'emulator:id': 'm9', mood: 'merry' }
  expect(await getOrCreate(merry)).toMatchObject(found)
  expect(await getOrCreate(merry, { discriminateByTags: [], payload: { text: 'twice' } })).toMatchObject(found)
  expect(await getOrCreate({ ...merry, mood: 'sad' }, { discriminateByTags: ['emulator:id'] })).toMatchObject(found)
  expect(await getOrCreate({ 'emulator:id': 'm9' })).toMatchObject({ meta: { created: true } })
  const elsewhere = { conversationId: await aConversation() }
  expect(await getOrCreate(merry, elsewhere)).toMatchObject({ meta: { created: true } })
})

test('a scheduled message waits as a scheduled event', async () => {
  const { id } = thing(await say(emulator, { schedule: { delay: 60_000 } }), 'message')
  const { body } = await bot.call('GET', `/v1/chat/events?messageId=${id}`)
  expect(body['events']).toMatchObject([{ status: 'scheduled' }])
})

test('a schedule is one of the two', async () => {
  for (const schedule of [{}, { delay: 1, dateTime: '2030-01-01T00:00:00.000Z' }])
    expect((await say(emulator, { schedule })).body).toMatchObject({
      code: 400,
      type: 'InvalidPayload',
      message: expect.stringMatching(/^schedule/),
    })
})

test('a change replaces the payload, merges the tags and wakes nobody', async () => {
  const { id } = thing(await say(emulator, { tags: { id: 'm1' } }), 'message')
  const events = async () =>
    ((await bot.call('GET', `/v1/chat/events?messageId=${id}`)).body['events'] as Thing[]).length
  const before = await events()
  const changed = await emulator.call('PUT', `/v1/chat/messages/${id}`, { payload: { text: 'Bye' } })
  expect(changed.body['message']).toMatchObject({ type: 'text', payload: { text: 'Bye' }, tags: { id: 'm1' } })
  expect(await events()).toBe(before)
})

test('deleting a conversation takes its messages along, deleting a message is counted', async () => {
  conversation = await aConversation()
  const first = thing(await say(emulator), 'message').id
  const second = thing(await say(emulator), 'message').id
  await bot.call('DELETE', `/v1/chat/messages/${first}`)
  expect(await countOf(conversation)).toBe(1)
  expect((await emulator.call('DELETE', `/v1/chat/conversations/${conversation}`)).body).toMatchObject({
    conversation: { id: conversation },
  })
  expect((await bot.call('GET', `/v1/chat/messages/${second}`)).status).toBe(404)
  conversation = await aConversation()
})

test('participants are set as the oldest clients do it', async () => {
  const { id: friend } = thing(await emulator.call('POST', '/v1/chat/users', { tags: {} }), 'user')
  await say(emulator)
  const path = `/v1/chat/conversations/${conversation}`
  expect((await bot.call('PUT', path, { participantIds: [friend] })).status).toBe(200)
  const { body } = await bot.call('GET', `${path}/participants`)
  expect((body['participants'] as Thing[]).map(({ id }) => id)).toEqual([friend])
})

test('a bot that says nothing about the integration means the only one with such a channel', async () => {
  const { body } = await bot.call('POST', '/v1/chat/conversations', {
    channel: 'channel',
    tags: { 'emulator:id': 'c9' },
  })
  expect(body['conversation']).toMatchObject({ integration: 'emulator', tags: { 'emulator:id': 'c9' } })
  const unknown = await bot.call('POST', '/v1/chat/conversations', { channel: 'fax', tags: {} })
  expect(unknown.body).toMatchObject({ code: 400, type: 'InvalidPayload' })
})
