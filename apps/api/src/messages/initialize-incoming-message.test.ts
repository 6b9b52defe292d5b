import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Thing = { id: string; tags: Record<string, string>; [field: string]: unknown }
type Three = { user: Thing; conversation: Thing; message?: Thing }

const PATH = '/v1/chat/initialize-incoming-message'
const NOBODY = 'user_01J00000000000000000000000'

let api: Awaited<ReturnType<typeof startApi>>
let emulator: Caller
let bot: Caller
let second: Caller
let admin: Caller

beforeAll(async () => {
  api = await startApi()
  const owner = await api.owner()
  const { id } = await createIntegration(owner, {
    name: 'second',
    version: '1.0.0',
    user: { tags: { id: {} } },
    channels: { line: { messages: {}, conversation: { tags: { id: {} } }, message: { tags: { id: {} } } } },
  })
  const changes = { user: { tags: { vip: {} } }, integrations: { second: { integrationId: id, enabled: true } } }
  await updateBot(owner, api.home.botId, changes, 'alias')
  emulator = await api.integration()
  bot = await api.bot()
  second = await api.integration(id)
  admin = await api.account('developer')
})

const initialize = (caller: Caller, body: object) => caller.call('POST', PATH, body)
const threeIn = ({ status, body }: Answer): Required<Three> => {
  expect(body).toMatchObject({ user: {}, conversation: {} })
  expect(status).toBe(200)
  return body as Required<Three>
}
const listed = async (what: string, query = '') =>
  (await bot.call('GET', `/v1/chat/${what}?pageSize=100${query}`)).body[what] as Thing[]

/** A sentence somebody new says in a new room; all three are found again by their tags. */
const greeting = (name = newUuid()) => ({
  user: { tags: { id: name }, name: 'Ann', properties: { tier: 'gold' }, attributes: { age: '7' } },
  conversation: { channel: 'channel', tags: { id: name }, properties: { topic: 'birds' } },
  message: { type: 'text', payload: { z: 1, a: 'Hello' }, tags: { id: name } },
})

test('one call makes somebody, somewhere, saying something, and the bot will hear of it', async () => {
  const asked = greeting()
  const { user, conversation, message } = threeIn(await initialize(emulator, asked))
  expect(user).toMatchObject(asked.user)
  expect(conversation).toMatchObject({ ...asked.conversation, integration: 'emulator', messageCount: 1 })
  expect(message).toMatchObject({
    ...asked.message,
    userId: user.id,
    conversationId: conversation.id,
    direction: 'incoming',
  })
  expect(JSON.stringify(message['payload'])).toBe(JSON.stringify(asked.message.payload))
  for (const at of [user, conversation, message]) expect(at['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/)
  expect(await listed('events', `&messageId=${message.id}`)).toMatchObject([
    { type: 'message_created', status: 'pending', payload: { message: { id: message.id }, user: { id: user.id } } },
  ])
  const { body } = await bot.call('GET', `/v1/chat/conversations/${conversation.id}/participants`)
  expect(body['participants']).toMatchObject([{ id: user.id }])
})

test('whoever delivers is told at once', async () => {
  let rings = 0
  const deaf = await api.platform.doorbell.listen(() => rings++)
  const { message } = threeIn(await initialize(emulator, greeting()))
  await expect.poll(() => rings, { timeout: 10_000 }).toBeGreaterThan(0)
  deaf()
  const owed = {
    name: 'test.owed',
    text: `select d.target, d.status from deliveries d join events e using (bot_id, id) where e.message_id = $1`,
  }
  expect(await api.platform.db.rows(owed, [message.id])).toEqual([{ target: 'bot', status: 'queued' }])
})

test('asked again, all three are found as they are, and nothing more is counted', async () => {
  const asked = greeting()
  const first = threeIn(await initialize(emulator, asked))
  const again = threeIn(
    await initialize(emulator, {
      user: { ...asked.user, name: 'Bob' },
      conversation: { ...asked.conversation, properties: { topic: 'bees' } },
      message: { ...asked.message, payload: { text: 'other' } },
    }),
  )
  expect(again).toEqual(first)
})

test('ids name who and where, and without a message nothing is said', async () => {
  const { user, conversation } = threeIn(await initialize(emulator, greeting()))
  const known = { userId: user.id, conversationId: conversation.id }
  expect(threeIn(await initialize(emulator, known))).toEqual({ user, conversation })
  const { message } = greeting()
  const said = threeIn(await initialize(emulator, { ...known, message }))
  expect(said.message).toMatchObject({ userId: user.id, conversationId: conversation.id })
  expect(said.conversation['messageCount']).toBe(2)
})

test('only the tags that are named decide, part by part', async () => {
  const asked = greeting()
  const first = threeIn(await initialize(emulator, asked))
  const known = { userId: first.user.id, conversationId: first.conversation.id }
  const message = { ...asked.message, discriminateByTags: ['id'] }
  expect(threeIn(await initialize(emulator, { ...known, message })).message.id).toBe(first.message.id)
  const user = { tags: { id: asked.user.tags.id }, discriminateByTags: ['id'] }
  expect(threeIn(await initialize(emulator, { ...known, userId: undefined, user })).user.id).toBe(first.user.id)
  const conversation = { ...asked.conversation, discriminateByTags: ['id'] }
  const found = threeIn(await initialize(emulator, { ...known, conversationId: undefined, conversation }))
  expect(found.conversation.id).toBe(first.conversation.id)
})

test('an empty list of names counts as none: all tags decide', async () => {
  const { user, conversation, message } = greeting()
  const strict = {
    user: { ...user, discriminateByTags: [] },
    conversation: { ...conversation, discriminateByTags: [] },
    message: { ...message, discriminateByTags: [] },
  }
  const first = threeIn(await initialize(emulator, strict))
  expect(threeIn(await initialize(emulator, strict))).toEqual(first)
})

test('without tags everything is made anew', async () => {
  const asked = { user: { tags: {} }, conversation: { channel: 'channel', tags: { id: '' } } }
  const message = { type: 'text', payload: {}, tags: { id: null } }
  const [one, two] = [
    await initialize(emulator, { ...asked, message }),
    await initialize(emulator, { ...asked, message }),
  ]
  const ids = [one, two].map(threeIn).flatMap((made) => [made.user.id, made.conversation.id, made.message.id])
  expect(new Set(ids).size).toBe(6)
})

test.each([
  ['a user who is not there', { userId: NOBODY }, 'ReferenceNotFound', /^userId "user_01J0+" not found/],
  ['a conversation that is not there', { conversationId: NOBODY }, 'ReferenceNotFound', /^conversationId/],
  ['tags nobody declared on the message', { message: { tags: { colour: 'red' } } }, 'InvalidPayload', /^message\.tags/],
  ['tags nobody declared on the user', { user: { tags: { colour: 'red' } } }, 'InvalidPayload', /^user\.tags\.colour/],
  ['a channel there is not', { conversation: { channel: 'fax' } }, 'InvalidPayload', /^conversation\.channel/],
  ['a payload over the limit', { message: { payload: { t: 'x'.repeat(140_000) } } }, 'LimitExceeded', /^message: /],
])('%s refuses all of it, and nothing is made', async (_, change, type, message) => {
  const asked = greeting()
  const parts = change as Record<string, object>
  const wrong = Object.fromEntries(Object.entries(asked).map(([part, value]) => [part, { ...value, ...parts[part] }]))
  if ('userId' in change) Object.assign(wrong, { user: undefined, userId: change.userId })
  if ('conversationId' in change)
    Object.assign(wrong, { conversation: undefined, conversationId: change.conversationId })
  expect((await initialize(emulator, wrong)).body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(await listed('users', `&tags[emulator:id]=${asked.user.tags.id}`)).toEqual([])
  expect(await listed('conversations', `&tags[emulator:id]=${asked.user.tags.id}`)).toEqual([])
})

test('what the message is refused for takes user and conversation back', async () => {
  const { conversation } = threeIn(
    await initialize(second, { ...greeting(), conversation: { channel: 'line', tags: {} } }),
  )
  const { user, message } = greeting()
  const answer = await initialize(bot, {
    user: { tags: { 'emulator:id': user.tags.id } },
    conversationId: conversation.id,
    message: { ...message, tags: {} },
  })
  expect(answer.body).toMatchObject({ code: 409, type: 'RelationConflict' })
  expect(await listed('users', `&tags[emulator:id]=${user.tags.id}`)).toEqual([])
})

test('each of the two is named in one way', async () => {
  const { user, conversation } = greeting()
  for (const [body, field] of [
    [{ conversation }, 'user'],
    [{ user, userId: NOBODY, conversation }, 'user'],
    [{ user }, 'conversation'],
    [{ user, conversation, conversationId: NOBODY }, 'conversation'],
  ] as const)
    expect((await initialize(emulator, body)).body).toMatchObject({ type: 'InvalidPayload', metadata: { field } })
})

test('a bot, and who acts as one, speaks for the integration: the message comes in', async () => {
  for (const caller of [bot, admin]) {
    const name = newUuid()
    const asked = {
      user: { tags: { 'emulator:id': name } },
      conversation: { channel: 'channel', tags: { 'emulator:id': name } },
      message: { type: 'text', payload: {}, tags: { 'emulator:id': name }, origin: 'synthetic' },
    }
    const made = threeIn(await initialize(caller, asked))
    expect(made.message).toMatchObject({ direction: 'incoming', origin: 'synthetic', tags: asked.message.tags })
    expect(await listed('events', `&messageId=${made.message.id}`)).toHaveLength(1)
    expect(threeIn(await initialize(caller, asked))).toEqual(made)
    expect(threeIn(await initialize(emulator, greeting(name))).message.id).toBe(made.message.id)
  }
})

test('another integration’s user and conversation are as good as none', async () => {
  const { user, conversation } = threeIn(await initialize(emulator, greeting()))
  const elsewhere = { channel: 'line', tags: {} }
  expect((await initialize(second, { userId: user.id, conversation: elsewhere })).body).toMatchObject({
    type: 'ReferenceNotFound',
    metadata: { field: 'userId' },
  })
  expect((await initialize(second, { user: { tags: {} }, conversationId: conversation.id })).body).toMatchObject({
    type: 'ReferenceNotFound',
    metadata: { field: 'conversationId' },
  })
})

test('callers who want the same or half of the same at once agree on each part, and nobody waits for ever', async () => {
  const names = Array.from({ length: 4 }, () => newUuid())
  const mixed = Array.from({ length: 120 }, (_, n) => {
    const [who = '', where = '', what = ''] = [names[n % 4], names[(n >> 2) % 4], names[(n >> 4) % 4]]
    const some = n % 3 === 0 ? { discriminateByTags: ['id'] } : {}
    return {
      keys: [`user ${who}`, `conversation ${where}`, `message ${where} ${what}`],
      body: {
        user: { tags: { id: who }, ...(n % 5 === 0 ? some : {}) },
        conversation: { channel: 'channel', tags: { id: where }, ...some },
        message: { type: 'text', payload: {}, tags: { id: what }, ...(n % 2 === 0 ? some : {}) },
      },
    }
  })
  const answers = await Promise.all(
    mixed.map(async ({ keys, body }) => ({ keys, made: threeIn(await initialize(emulator, body)) })),
  )
  const ids = new Map<string, Set<string>>()
  for (const { keys, made } of answers)
    for (const [place, id] of [made.user.id, made.conversation.id, made.message.id].entries()) {
      const key = keys[place] ?? ''
      ids.set(key, (ids.get(key) ?? new Set()).add(id))
    }
  expect([...ids].filter(([, distinct]) => distinct.size !== 1)).toEqual([])
  expect(ids.size).toBe(4 + 4 + 16)
})
