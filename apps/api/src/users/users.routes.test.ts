import { updateBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type User = { id: string; tags: Record<string, string>; name?: string; createdAt: string; updatedAt: string }

const clock = movingClock()
let emulator: Caller
let bot: Caller
let botId: string

beforeAll(async () => {
  const api = await startApi({ clock })
  await updateBot(await api.owner(), api.home.botId, { user: { tags: { vip: {} } } }, 'alias')
  emulator = await api.integration()
  bot = await api.bot()
  botId = api.home.botId
})

const userIn = ({ body }: Answer): User => body['user'] as User
const usersIn = ({ body }: Answer): User[] => body['users'] as User[]
const create = async (caller: Caller, body: object): Promise<User> =>
  userIn(await caller.call('POST', '/v1/chat/users', body))

test('the integration and the bot know a tag by different names', async () => {
  const user = await create(emulator, { tags: { id: 'names' }, name: 'Ann' })
  expect(user.tags).toEqual({ id: 'names' })
  await bot.call('PUT', `/v1/chat/users/${user.id}`, { tags: { vip: 'yes' } })
  expect(userIn(await bot.call('GET', `/v1/chat/users/${user.id}`)).tags).toEqual({
    'emulator:id': 'names',
    vip: 'yes',
  })
  expect(userIn(await emulator.call('GET', `/v1/chat/users/${user.id}`)).tags).toEqual({ id: 'names' })
})

test('a change merges: an empty value and null unset a tag, null removes the name, the rest stays', async () => {
  const user = await create(emulator, { tags: { id: 'merge' }, name: 'Ann', attributes: { a: '1', b: '2' } })
  await bot.call('PUT', `/v1/chat/users/${user.id}`, { tags: { vip: 'yes' } })
  const answer = await bot.call('PUT', `/v1/chat/users/${user.id}`, {
    tags: { vip: '' },
    name: null,
    attributes: { a: null, c: '3' },
  })
  expect(answer.body['user']).toMatchObject({ tags: { 'emulator:id': 'merge' }, attributes: { b: '2', c: '3' } })
  expect(userIn(answer).name).toBeUndefined()
})

test('the bot’s own tags do not keep an integration from finding its user again', async () => {
  const user = await create(emulator, { tags: { id: 'found' } })
  await bot.call('PUT', `/v1/chat/users/${user.id}`, { tags: { vip: 'yes' } })
  const answer = await emulator.call('POST', '/v1/chat/users/get-or-create', { tags: { id: 'found' }, name: 'New' })
  expect(userIn(answer).id).toBe(user.id)
  expect(answer.body['meta']).toEqual({ created: false })
  expect(userIn(answer).name).toBeUndefined()
})

test('without tags that have a value, get-or-create always makes somebody new', async () => {
  const ask = async () => userIn(await emulator.call('POST', '/v1/chat/users/get-or-create', { tags: { id: '' } })).id
  expect(await ask()).not.toBe(await ask())
})

test('all tags decide who is meant, or those that are named alone', async () => {
  const user = await create(emulator, { tags: { id: 'named' } })
  await bot.call('PUT', `/v1/chat/users/${user.id}`, { tags: { vip: 'yes' } })
  const found = async (tags: object, discriminateByTags?: string[]) => {
    const body = { tags, ...(discriminateByTags && { discriminateByTags }) }
    return userIn(await bot.call('POST', '/v1/chat/users/get-or-create', body)).id
  }
  const [id, vip] = [{ 'emulator:id': 'named' }, { vip: 'yes' }]
  expect(await found({ ...id, ...vip })).toBe(user.id)
  expect(await found({ ...id, ...vip }, [])).toBe(user.id)
  expect(await found(id, ['emulator:id'])).toBe(user.id)
  expect(await found({ ...id, vip: 'no' }, ['emulator:id'])).toBe(user.id)
  expect(await found({ ...id, vip: 'no' }, ['emulator:id', 'vip'])).not.toBe(user.id)
})

test('attributes and properties are set when a user is made, left alone when found, and listed', async () => {
  const asked = { tags: { id: 'shared' }, attributes: { age: '7', none: null }, properties: { tier: 'gold', none: '' } }
  const getOrCreate = async (body: object) => userIn(await emulator.call('POST', '/v1/chat/users/get-or-create', body))
  const kept = { attributes: { age: '7' }, properties: { tier: 'gold' } }
  expect(await getOrCreate(asked)).toMatchObject(kept)
  const user = await getOrCreate({ ...asked, attributes: { age: '8' }, properties: { tier: 'tin' } })
  expect(user).toMatchObject(kept)
  await bot.call('PUT', `/v1/chat/users/${user.id}`, { properties: { tier: null, colour: 'grey' } })
  expect(usersIn(await emulator.call('GET', '/v1/chat/users?tags.id=shared'))).toMatchObject([
    { attributes: { age: '7' }, properties: { colour: 'grey' } },
  ])
})

test('a plain create may make a second user with equal tags, and the oldest is found', async () => {
  const first = await create(emulator, { tags: { id: 'twin' } })
  clock.advance(1)
  await create(emulator, { tags: { id: 'twin' } })
  const found = await emulator.call('POST', '/v1/chat/users/get-or-create', { tags: { id: 'twin' } })
  expect(userIn(found).id).toBe(first.id)
})

test('a filter by tags asks for every pair, by the names the caller uses', async () => {
  const user = await create(emulator, { tags: { id: 'filtered' } })
  await bot.call('PUT', `/v1/chat/users/${user.id}`, { tags: { vip: 'maybe' } })
  const ids = async (caller: Caller, query: string) =>
    usersIn(await caller.call('GET', `/v1/chat/users?${query}`)).map(({ id }) => id)
  expect(await ids(bot, 'tags.emulator:id=filtered&tags.vip=maybe')).toEqual([user.id])
  expect(await ids(bot, 'tags[emulator:id]=filtered')).toEqual([user.id])
  expect(await ids(bot, `tags=${encodeURIComponent('{"vip":"maybe"}')}`)).toEqual([user.id])
  expect(await ids(bot, 'tags.emulator:id=filtered&tags.vip=no')).toEqual([])
  expect(await ids(emulator, 'tags.id=filtered')).toEqual([user.id])
})

test('a list is newest first, or as asked, and bounded by dates that count', async () => {
  const made: User[] = []
  for (const id of ['d1', 'd2', 'd3']) {
    clock.advance(60_000)
    made.push(await create(emulator, { tags: { id } }))
  }
  const [first, second, third] = made as [User, User, User]
  const ids = async (query: string) => usersIn(await bot.call('GET', `/v1/chat/users?${query}`)).map(({ id }) => id)
  const between = `afterDate=${first.createdAt}&beforeDate=${third.createdAt}`
  expect(await ids(between)).toEqual([third.id, second.id, first.id])
  expect(await ids(`${between}&sortDirection=asc`)).toEqual([first.id, second.id, third.id])
  clock.advance(60_000)
  await bot.call('PUT', `/v1/chat/users/${first.id}`, { name: 'Touched' })
  expect((await ids('sortField=updatedAt'))[0]).toBe(first.id)
  const touched = new Date(clock.now().getTime() - 1).toISOString()
  expect(await ids(`rangeField=updatedAt&afterDate=${touched}`)).toEqual([first.id])
})

test('a page leads to the next, whatever its size, from an empty token until there is none', async () => {
  const seen: string[] = []
  let token: string | undefined = ''
  let pageSize = 1
  do {
    const answer: Answer = await bot.call('GET', `/v1/chat/users?pageSize=${pageSize++}&nextToken=${token}`)
    seen.push(...usersIn(answer).map(({ id }) => id))
    token = (answer.body['meta'] as { nextToken?: string }).nextToken
  } while (token)
  const all = usersIn(await bot.call('GET', '/v1/chat/users?pageSize=100'))
  expect(seen).toEqual(all.map(({ id }) => id))
  expect(seen).toContain(botId)
})

test('a token is good for its own list and filter alone', async () => {
  const { body } = await bot.call('GET', '/v1/chat/users?pageSize=1')
  const { nextToken = '' } = body['meta'] as { nextToken?: string }
  for (const elsewhere of [
    bot.call('GET', `/v1/chat/users?tags.vip=yes&nextToken=${nextToken}`),
    bot.call('GET', `/v1/chat/users?sortDirection=asc&nextToken=${nextToken}`),
    bot.call('GET', `/v1/chat/messages?nextToken=${nextToken}`),
    emulator.call('GET', `/v1/chat/users?nextToken=${nextToken}`),
  ])
    expect((await elsewhere).body).toMatchObject({
      code: 400,
      type: 'InvalidQuery',
      message: expect.stringMatching(/nextToken/),
    })
})

test('a deleted user is answered, and gone', async () => {
  const user = await create(emulator, { tags: { id: 'gone' } })
  expect(userIn(await emulator.call('DELETE', `/v1/chat/users/${user.id}`)).id).toBe(user.id)
  expect((await bot.call('GET', `/v1/chat/users/${user.id}`)).status).toBe(404)
})

test('the bot is a user, which nobody deletes', async () => {
  expect(userIn(await emulator.call('GET', `/v1/chat/users/${botId}`)).id).toBe(botId)
  expect((await bot.call('DELETE', `/v1/chat/users/${botId}`)).body).toMatchObject({ type: 'ReferenceConstraint' })
})
