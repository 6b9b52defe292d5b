import { database } from '@understudy/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collect, settleIn } from './journey.ts'
import { type OfficialClient, officialClient } from './official-client.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const VERSION = '1.45.0'
const CALLERS = 100
const ROUNDS = 3

let servers: Understudy[] = []
let home: Awaited<ReturnType<typeof settleIn>>
/** The same integration and the same bot, as seen through each of the two servers. */
let parrots: OfficialClient[]
let bots: OfficialClient[]

beforeAll(async () => {
  const { url } = await database()
  servers = [await startUnderstudy(url), await startUnderstudy(url)]
  const [first] = servers as [Understudy]
  home = await settleIn(VERSION, first.place)
  const { botId, integrationId } = home
  parrots = servers.map(({ place }) => officialClient(VERSION, { ...place, botId, integrationId }))
  bots = servers.map(({ place }) => officialClient(VERSION, { ...place, botId }))
})
afterAll(() => Promise.all(servers.map(({ stop }) => stop())))

/** So many calls at once, shared out over the servers. */
const atOnce = <T>(clients: OfficialClient[], count: number, call: (client: OfficialClient, n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => call(clients[n % clients.length] as OfficialClient, n)))

const distinct = <T>(items: T[]): number => new Set(items).size

test('100 callers of two servers who ask for a user at once get the same one', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const exact = await atOnce(parrots, CALLERS, (client) => client.getOrCreateUser({ tags: { id: `race-${round}` } }))
    expect(distinct(exact.map(({ user }) => user.id))).toBe(1)
    expect(exact.filter(({ meta }) => meta.created)).toHaveLength(1)
    const some = await atOnce(parrots, CALLERS, (client, n) =>
      client.getOrCreateUser({ tags: { id: `some-${round}`, nick: String(n) }, discriminateByTags: ['id'] }),
    )
    expect(distinct(some.map(({ user }) => user.id))).toBe(1)
  }
})

test('100 callers of two servers who ask for a conversation at once get the same one', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const answers = await atOnce(parrots, CALLERS, (client, n) =>
      client.getOrCreateConversation({
        channel: 'room',
        tags: { id: `race-${round}` },
        ...(n % 2 === 0 ? { discriminateByTags: ['id'] } : {}),
      }),
    )
    expect(distinct(answers.map(({ conversation }) => conversation.id))).toBe(1)
  }
})

test('100 callers of two servers who ask for a message at once get the same one, counted once', async () => {
  const [parrot] = parrots as [OfficialClient]
  const { user } = await parrot.createUser({ tags: { id: 'author' } })
  const { conversation } = await parrot.createConversation({ channel: 'room', tags: {} })
  const said = { userId: user.id, conversationId: conversation.id, type: 'text', payload: { text: 'Hello' } }
  const answers = await atOnce(parrots, CALLERS, (client) => client.getOrCreateMessage({ ...said, tags: { id: 'm1' } }))
  expect(distinct(answers.map(({ message }) => message.id))).toBe(1)
  expect((await parrot.getConversation({ id: conversation.id })).conversation.messageCount).toBe(1)
})

test('100 callers of two servers who get or set a state at once agree on it', async () => {
  const answers = await atOnce(bots, CALLERS, (client, n) =>
    client.getOrSetState({ type: 'bot', id: home.botId, name: 'settings', payload: { winner: n } }),
  )
  expect(distinct(answers.map(({ state }) => state.id))).toBe(1)
  expect(distinct(answers.map(({ state }) => state.payload['winner']))).toBe(1)
  expect(answers.filter(({ meta }) => !meta.cached)).toHaveLength(1)
})

test('50 writers of different tags and state keys at once lose nothing', async () => {
  const [bot] = bots as [OfficialClient]
  const names = Array.from({ length: 50 }, (_, n) => `tag${n}`)
  const declared = Object.fromEntries(names.map((name) => [name, {}]))
  await home.admin.updateBot({ id: home.botId, user: { tags: { vip: null, ...declared } } })
  const { user } = await parrots[0]!.createUser({ tags: { id: 'crowded' } })
  await bot.setState({ type: 'user', id: user.id, name: 'profile', payload: {} })
  await atOnce(bots, names.length, async (client, n) => {
    const name = names[n] as string
    await client.updateUser({ id: user.id, tags: { [name]: 'here' } })
    await client.patchState({ type: 'user', id: user.id, name: 'profile', payload: { [name]: n } })
  })
  const { tags } = (await bot.getUser({ id: user.id })).user
  expect(names.filter((name) => tags[name] !== 'here')).toEqual([])
  const { payload } = (await bot.getState({ type: 'user', id: user.id, name: 'profile' })).state
  expect(Object.keys(payload)).toHaveLength(names.length)
})

test('a list walked while 20 writers insert and delete neither misses nor repeats what stood throughout', async () => {
  const [parrot] = parrots as [OfficialClient]
  const { conversation } = await parrot.createConversation({ channel: 'room', tags: {} })
  const { user } = await parrot.createUser({ tags: {} })
  const said = { userId: user.id, conversationId: conversation.id, type: 'text', payload: { text: 'x' }, tags: {} }
  const standing = await atOnce(parrots, 200, async (client) => (await client.createMessage(said)).message.id)

  const walk = { underWay: true }
  const writers = atOnce(parrots, 20, async (client) => {
    while (walk.underWay) {
      const { message } = await client.createMessage(said)
      await client.deleteMessage({ id: message.id })
    }
  })
  const walks = await Promise.all(
    [7, 20].map((pageSize) =>
      collect((nextToken) => parrot.listMessages({ conversationId: conversation.id, pageSize, nextToken }), 'messages'),
    ),
  )
  walk.underWay = false
  await writers
  for (const seen of walks) {
    expect(standing.filter((id) => !seen.includes(id))).toEqual([])
    expect(distinct(seen)).toBe(seen.length)
  }
})
