import { createIntegration, updateBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Conversation = { id: string; channel: string; messageCount: number; properties: Record<string, string> }

let parrot: Caller
let bot: Caller
let user: string

beforeAll(async () => {
  const api = await startApi()
  const owner = await api.owner()
  const tagged = { messages: {}, conversation: { tags: { id: {}, thread: {} } } }
  const { id } = await createIntegration(owner, {
    name: 'parrot',
    version: '1.0.0',
    channels: { room: tagged, cage: tagged },
  })
  const changes = {
    conversation: { tags: { topic: {} } },
    integrations: { parrot: { integrationId: id, enabled: true } },
  }
  await updateBot(owner, api.home.botId, changes, 'alias')
  parrot = await api.integration(id)
  bot = await api.bot()
  const made = await parrot.call('POST', '/v1/chat/users', { tags: {} })
  user = (made.body['user'] as { id: string }).id
})

const conversationIn = ({ status, body }: Answer): Conversation => {
  expect(body).toHaveProperty('conversation')
  expect(status).toBeLessThan(300)
  return body['conversation'] as Conversation
}
const create = async (body: object) =>
  conversationIn(await parrot.call('POST', '/v1/chat/conversations', { channel: 'room', tags: {}, ...body }))
const getOrCreate = async (body: object, caller = parrot) => {
  const answer = await caller.call('POST', '/v1/chat/conversations/get-or-create', { channel: 'room', ...body })
  return { ...conversationIn(answer), ...(answer.body['meta'] as { created: boolean }) }
}
const list = async (query: string) => {
  const { status, body } = await bot.call('GET', `/v1/chat/conversations?${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as { conversations: Conversation[]; meta: { nextToken?: string } }
}
const sayIn = (conversationId: string) =>
  parrot.call('POST', '/v1/chat/messages', { conversationId, userId: user, type: 'text', payload: {}, tags: {} })

test('all tags decide which conversation is meant, or those that are named alone', async () => {
  const { id } = await create({ tags: { id: 'c1', thread: 't1' } })
  const found = async (tags: object, discriminateByTags?: string[]) =>
    (await getOrCreate({ tags, ...(discriminateByTags && { discriminateByTags }) })).id
  expect(await found({ id: 'c1', thread: 't1' })).toBe(id)
  expect(await found({ id: 'c1', thread: 't2' }, ['id'])).toBe(id)
  expect(await found({ id: 'c1' }, ['id'])).toBe(id)
  const another = await found({ id: 'c1' })
  expect(another).not.toBe(id)
  expect(await found({ id: 'c1', thread: 't1' }, [])).toBe(id)
  expect(await found({ id: 'c1', thread: 't9' }, ['id', 'thread'])).not.toBe(id)
})

test('the channel is part of what is meant, and what the bot tags does not matter to the integration', async () => {
  const { id } = await create({ tags: { id: 'c2' } })
  await bot.call('PUT', `/v1/chat/conversations/${id}`, { tags: { topic: 'birds' } })
  expect(await getOrCreate({ tags: { id: 'c2' } })).toMatchObject({ id, created: false })
  expect(await getOrCreate({ tags: { id: 'c2' }, channel: 'cage' })).toMatchObject({ channel: 'cage', created: true })
  const byBot = { 'parrot:id': 'c2', topic: 'birds' }
  expect(await getOrCreate({ tags: byBot }, bot)).toMatchObject({ id, created: false })
  expect(await getOrCreate({ tags: { topic: 'birds' }, discriminateByTags: ['topic'] }, bot)).toMatchObject({ id })
})

test('properties are set when it is made, left alone when it is found, and merged by a change', async () => {
  const asked = { tags: { id: 'c3' }, properties: { a: '1', b: '2', c: null } }
  const made = await getOrCreate(asked)
  expect(made.properties).toEqual({ a: '1', b: '2' })
  expect((await getOrCreate({ ...asked, properties: { a: '9' } })).properties).toEqual({ a: '1', b: '2' })
  const change = { properties: { a: null, b: '3', d: '4' } }
  const changed = conversationIn(await bot.call('PUT', `/v1/chat/conversations/${made.id}`, change))
  expect(changed.properties).toEqual({ b: '3', d: '4' })
  expect((await list('tags[parrot:id]=c3')).conversations).toMatchObject([{ properties: { b: '3', d: '4' } }])
  expect((await create({ properties: { a: '', b: '1' } })).properties).toEqual({ b: '1' })
})

test('a list may ask for how many messages there are, page by page', async () => {
  const ids: string[] = []
  for (let messages = 0; messages < 4; messages++) {
    const { id } = await create({ channel: 'cage', tags: { thread: 'counted' } })
    ids.push(id)
    for (let n = 0; n < messages; n++) await sayIn(id)
  }
  const counted = async (query: string) =>
    (await list(`channel=cage&tags[parrot:thread]=counted&sortDirection=asc&${query}`)).conversations.map(
      ({ id }) => id,
    )
  expect(await counted('minMessageCount=2')).toEqual(ids.slice(2))
  expect(await counted('maxMessageCount=1')).toEqual(ids.slice(0, 2))
  expect(await counted('minMessageCount=1&maxMessageCount=2')).toEqual(ids.slice(1, 3))
  expect(await counted('minMessageCount=0.5&maxMessageCount=2.5')).toEqual(ids.slice(1, 3))
  expect(await counted('minMessageCount=4')).toEqual([])
  const pages: string[] = []
  let token: string | undefined
  do {
    const next = token ? `&nextToken=${token}` : ''
    const { conversations, meta } = await list(`channel=cage&minMessageCount=1&pageSize=1${next}`)
    pages.push(...conversations.map(({ id }) => id))
    token = meta.nextToken
  } while (token)
  expect(pages).toEqual(ids.slice(1).toReversed())
  const { body } = await bot.call('GET', '/v1/chat/conversations?minMessageCount=many')
  expect(body).toMatchObject({ code: 400, type: 'InvalidQuery', metadata: { field: 'minMessageCount' } })
})
