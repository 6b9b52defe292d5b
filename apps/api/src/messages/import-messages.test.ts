import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Thing = { id: string; [field: string]: unknown }

let api: Awaited<ReturnType<typeof startApi>>
let emulator: Caller
let bot: Caller
let user: string

const thing = ({ body }: Answer, noun: string): Thing => body[noun] as Thing
const aUser = async (caller = emulator) => thing(await caller.call('POST', '/v1/chat/users', { tags: {} }), 'user').id
const aConversation = async (caller = emulator) =>
  thing(await caller.call('POST', '/v1/chat/conversations', { channel: 'channel', tags: {} }), 'conversation').id

beforeAll(async () => {
  api = await startApi()
  emulator = await api.integration()
  bot = await api.bot()
  user = await aUser()
})

const WAITING = `
  select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

const past = (conversationId: string, change: object = {}) => ({
  conversationId,
  userId: user,
  type: 'text',
  payload: { z: 1, a: 'Hello' },
  tags: {},
  createdAt: '2020-02-03T04:05:06.789Z',
  ...change,
})
const load = (messages: object[], caller = emulator) =>
  caller.call('POST', '/v1/chat/messages/import-messages', { messages })
const loaded = (answer: Answer): Thing[] => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body['messages'] as Thing[]
}
const messagesOf = async (conversation: string) =>
  (await bot.call('GET', `/v1/chat/messages?pageSize=100&conversationId=${conversation}`)).body['messages'] as Thing[]
const countOf = async (id: string) =>
  thing(await bot.call('GET', `/v1/chat/conversations/${id}`), 'conversation')['messageCount']

test('messages of the past stand at their times, whole, counted, and their authors take part', async () => {
  const conversation = await aConversation()
  const answered = loaded(
    await load([
      past(conversation, { createdAt: '2020-02-03T06:05:06.789+02:00', tags: { id: 'first' } }),
      past(conversation, { createdAt: '2019-01-01T00:00:00Z', userId: api.home.botId }),
    ]),
  )
  expect(answered).toMatchObject([
    { createdAt: '2020-02-03T04:05:06.789Z', direction: 'incoming', tags: { id: 'first' }, userId: user },
    { createdAt: '2019-01-01T00:00:00.000Z', direction: 'outgoing', tags: {}, userId: api.home.botId },
  ])
  expect(JSON.stringify(answered[0]?.['payload'])).toBe('{"z":1,"a":"Hello"}')
  expect((await messagesOf(conversation)).map(({ id }) => id)).toEqual(answered.map(({ id }) => id))
  expect(await countOf(conversation)).toBe(2)
  const { body } = await bot.call('GET', `/v1/chat/conversations/${conversation}/participants`)
  expect((body['participants'] as Thing[]).map(({ id }) => id).toSorted()).toEqual([user, api.home.botId].toSorted())
})

test('nobody is woken', async () => {
  const conversation = await aConversation()
  await load([past(conversation), past(conversation, { tags: { id: 'quiet' } })])
  expect((await bot.call('GET', `/v1/chat/events?conversationId=${conversation}`)).body['events']).toEqual([])
  const owed = { name: 'test.owed', text: 'select id from deliveries where conversation_id = $1' }
  expect(await api.platform.db.rows(owed, [conversation])).toEqual([])
})

test('what is there already is answered as it is, wherever it stands in the list', async () => {
  const conversation = await aConversation()
  const there = thing(
    await emulator.call('POST', '/v1/chat/messages', { ...past(conversation), tags: { id: 'known' } }),
    'message',
  )
  const answered = loaded(
    await load([
      past(conversation, { tags: { id: 'new' }, payload: { text: 'new' } }),
      past(conversation, { tags: { id: 'known' }, payload: { text: 'changed' } }),
      past(conversation, { tags: { id: 'new' }, payload: { text: 'twice' } }),
      past(conversation, { tags: { id: 'known' }, discriminateByTags: ['id'] }),
    ]),
  )
  expect(answered[1]).toEqual(there)
  expect(answered[3]).toEqual(there)
  expect(answered[2]).toEqual(answered[0])
  expect(answered[0]).toMatchObject({ payload: { text: 'new' } })
  expect(await countOf(conversation)).toBe(2)
})

test('without tags a message is always written', async () => {
  const conversation = await aConversation()
  await load([past(conversation), past(conversation, { tags: { id: '' } })])
  await load([past(conversation)])
  expect(await countOf(conversation)).toBe(3)
})

test('the same import by many at once writes each message once', async () => {
  const [one, two] = [await aConversation(), await aConversation()]
  const messages = Array.from({ length: 100 }, (_, n) => past(n % 2 ? one : two, { tags: { id: `m${n}` } }))
  // Each caller has another order: those who lock in the order of the list would wait in a circle.
  const answers = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const rotated = [...messages.slice(n * 7), ...messages.slice(0, n * 7)]
      return loaded(
        await load(n % 3 ? rotated : rotated.map((message) => ({ ...message, discriminateByTags: ['id'] }))),
      )
    }),
  )
  expect(new Set(answers.flatMap((list) => list.map(({ id }) => id))).size).toBe(100)
  expect([await countOf(one), await countOf(two)]).toEqual([50, 50])
})

test('imports, get-or-creates and a deletion in the same conversations at once end well for everybody', async () => {
  for (let round = 0; round < 5; round++) {
    const homes = [await aConversation(), await aConversation(), await aConversation()]
    const [, , gone = ''] = homes
    const wanted = homes.flatMap((home) => ['a', 'b', 'c'].map((id) => past(home, { tags: { id } })))
    const getOrCreate = (message: object) => emulator.call('POST', '/v1/chat/messages/get-or-create', message)
    const calls = wanted.flatMap((message, n) => [
      ...[getOrCreate(message), load([...wanted.slice(n), ...wanted.slice(0, n)]), getOrCreate(message)],
      ...(n === 4 ? [emulator.call('DELETE', `/v1/chat/conversations/${gone}`)] : []),
    ])
    expect((await Promise.all(calls)).filter(({ status }) => status >= 500)).toEqual([])
    for (const home of homes.slice(0, 2)) expect(await countOf(home)).toBe(3)
  }
})

test('a bot that goes while its past is imported goes, and nobody fails', async () => {
  const owner = await api.account('owner')
  const { id } = thing(await owner.call('POST', '/v1/admin/bots', {}), 'bot')
  const installed = { integrationId: api.home.emulatorIntegrationId, enabled: true }
  await updateBot(await api.owner(), id, { integrations: { emulator: installed } }, 'alias')
  const caller = await api.integration(api.home.emulatorIntegrationId, id)
  const author = await aUser(caller)
  const homes: string[] = []
  for (let n = 0; n < 20; n++) homes.push(await aConversation(caller))
  const messages = homes.map((home) => past(home, { userId: author, tags: { id: newUuid() } }))
  // Whoever deletes the bot comes across its conversations in the order they were last written to.
  for (const message of messages.toReversed())
    await caller.call('POST', '/v1/chat/messages', { ...message, tags: {}, createdAt: undefined })

  const { db } = api.platform
  const waiting = { name: 'test.waiting', text: WAITING }
  const [imported, deleted] = await db.atomically(async (rows) => {
    await rows({ name: 'test.hold', text: 'select from conversations where id = $1 for update' }, [homes[10]])
    const one = load(messages, caller)
    await expect.poll(() => db.one(waiting, []), { timeout: 10_000 }).toEqual({ count: 1 })
    const other = owner.call('DELETE', `/v1/admin/bots/${id}`)
    await expect.poll(() => db.one(waiting, []), { timeout: 10_000 }).toEqual({ count: 2 })
    return [one, other] as const
  })
  expect([(await imported).status, (await deleted).status]).toEqual([200, 200])
})

test.each([
  [
    'an author who is not there',
    { userId: 'user_01J00000000000000000000000' },
    'ReferenceNotFound',
    'messages.1.userId',
  ],
  [
    'a conversation that is not there',
    { conversationId: 'conv_01J00000000000000000000000' },
    'ReferenceNotFound',
    'messages.1.conversationId',
  ],
  ['a tag nobody declared', { tags: { colour: 'red' } }, 'InvalidPayload', 'messages.1.tags.colour'],
  ['no time', { createdAt: 'yesterday' }, 'InvalidPayload', 'messages.1.createdAt'],
  ['a time no calendar has', { createdAt: '0000-01-01T00:00:00Z' }, 'InvalidPayload', undefined],
])('%s refuses the whole import, and names the message', async (_, change, type, field) => {
  const conversation = await aConversation()
  const answer = await load([past(conversation, { tags: { id: 'fine' } }), past(conversation, change)])
  expect(answer.body).toMatchObject({ code: 400, type, ...(field ? { metadata: { field } } : {}) })
  expect(await countOf(conversation)).toBe(0)
  expect(await messagesOf(conversation)).toEqual([])
})

test('users and conversations of another integration are as good as none, to the bot they conflict', async () => {
  const owner = await api.owner()
  const channels = { channel: { messages: {} } }
  const { id } = await createIntegration(owner, { name: 'other', version: '1.0.0', channels })
  await updateBot(owner, api.home.botId, { integrations: { other: { integrationId: id, enabled: true } } }, 'alias')
  const other = await api.integration(id)
  const [stranger, elsewhere, home] = [await aUser(other), await aConversation(other), await aConversation()]
  const refused = async (message: object, caller = emulator) => (await load([message], caller)).body
  expect(await refused(past(home, { userId: stranger }))).toMatchObject({ metadata: { field: 'messages.0.userId' } })
  expect(await refused(past(elsewhere))).toMatchObject({ metadata: { field: 'messages.0.conversationId' } })
  expect(await refused(past(home, { userId: stranger }), bot)).toMatchObject({
    type: 'RelationConflict',
    message: expect.stringMatching(/^messages\.0: User/),
  })
})

test('a hundred at a time, and none is none', async () => {
  const conversation = await aConversation()
  const many = (count: number) => Array.from({ length: count }, () => past(conversation))
  expect(loaded(await load(many(100)))).toHaveLength(100)
  expect((await load(many(101))).body).toMatchObject({ type: 'InvalidPayload', metadata: { field: 'messages' } })
  expect(loaded(await load([]))).toEqual([])
})
