import { connectDb, DatabaseUnavailable, type Db, type Statement } from '@understudy/db'
import { database, freePort } from '@understudy/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Cluster, prepareCluster } from './cluster.ts'
import { env } from './env.ts'
import { collect, settleIn } from './journey.ts'
import { type OfficialClient, officialClient } from './official-client.ts'
import { type Lane, type Race, races, type Track } from './races.ts'

const VERSION = '1.45.0'
const SERVERS = 4
const MANY_CALLERS = 100
/** In every so many rounds a session that holds what the callers want is killed. */
const HOLD_EVERY = 20
const WITHIN_MS = 120_000
const PATIENTLY = { interval: 5, timeout: 20_000 }

let cluster: Cluster
let servers: Api[] = []
let home: Awaited<ReturnType<typeof settleIn>>
/** The same integration and the same bot, as seen through each of the servers. */
let lanes: Lane[]
let parrots: OfficialClient[]
let bots: OfficialClient[]
let track: Track
let db: Db

beforeAll(async () => {
  const { url } = await database()
  cluster = await prepareCluster(url, undefined)
  servers = await Promise.all(Array.from({ length: SERVERS }, startServer))
  const [first] = servers as [Api]
  home = await settleIn(VERSION, first.place)
  const { botId, parrot } = home
  lanes = servers.map(laneOf)
  parrots = lanes.map((lane) => lane.parrot)
  bots = lanes.map((lane) => lane.bot)
  db = connectDb({ url })
  const { user } = await parrot.createUser({ tags: {} })
  const { conversation } = await parrot.createConversation({ channel: 'room', tags: {} })
  const { id } = await db.one<{ id: string }>(INSTALLATION, [botId])
  track = { botId, installationId: id, userId: user.id, conversationId: conversation.id }
})
afterAll(async () => {
  await Promise.all(servers.map(({ stop }) => stop()))
  await cluster?.clear()
  await db?.close()
})

const startServer = async (): Promise<Api> => cluster.startApi(await freePort())

const laneOf = ({ place }: Api): Lane => ({
  parrot: officialClient(VERSION, { ...place, botId: home.botId, integrationId: home.integrationId }),
  bot: officialClient(VERSION, { ...place, botId: home.botId }),
})

const INSTALLATION: Statement = { name: 'races.installation', text: 'select id from installations where bot_id = $1' }
const SELF: Statement = { name: 'races.self', text: 'select pg_backend_pid() as pid' }
const KILL: Statement = { name: 'races.kill', text: 'select pg_terminate_backend($1)' }
const WAITING: Statement = {
  name: 'races.waiting',
  text: `
    select pid from pg_stat_activity
    where datname = current_database() and application_name = 'understudy' and wait_event_type = 'Lock'`,
}

/** So many calls at once, shared out over the servers. */
const atOnce = <C, T>(clients: C[], count: number, call: (client: C, n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => call(clients[n % clients.length] as C, n)))

const distinct = <T>(items: T[]): number => new Set(items).size

/** Whoever asks while a session holds what they want, which is killed as soon as one of them waits for it. */
const whileHeld = async <T>(hold: { statement: Statement; values: unknown[] }, ask: () => Promise<T>): Promise<T> => {
  let asked: Promise<T> | undefined
  const holder = db.atomically(async (rows) => {
    const [self] = await rows<{ pid: number }>(SELF, [])
    await rows(hold.statement, hold.values)
    asked = ask()
    await expect.poll(() => db.rows(WAITING, []), PATIENTLY).not.toEqual([])
    await db.rows(KILL, [self?.pid])
    await rows(SELF, [])
  })
  await expect(holder).rejects.toThrow(DatabaseUnavailable)
  return asked as Promise<T>
}

const expectOne = (answers: { id: string; created: boolean }[]) => {
  expect(distinct(answers.map(({ id }) => id))).toBe(1)
  expect(answers.filter(({ created }) => created)).toHaveLength(1)
}

/** One round: everybody asks for the same, in some rounds while a session holds it that is then killed. */
const run = async (race: Race, round: number, callers = SERVERS) => {
  const [lane] = lanes as [Lane]
  await race.prepare?.(lane, track)
  const ask = () => atOnce(lanes, callers, (one, caller) => race.ask(one, track, { round, caller }))
  const held = round % HOLD_EVERY === 0
  expectOne(held ? await whileHeld(race.hold(track, round), ask) : await ask())
}

const countOf = async (race: Race) => {
  const { statement, values } = race.count(track)
  return (await db.one<{ count: number }>(statement, values)).count
}

describe.each(races)('$name', (race) => {
  const left = (rounds: number) => (race.prepare ? 1 : rounds)

  test(
    'whoever gets or creates it at once through four servers gets the same one, even when who held it is killed',
    async () => {
      for (let round = 0; round < env.raceRounds; round++) await run(race, round)
      expect(await countOf(race)).toBe(left(env.raceRounds))
    },
    WITHIN_MS * Math.max(1, env.raceRounds / 200),
  )

  test('so do a hundred callers at once', async () => {
    const before = await countOf(race)
    await run(race, env.raceRounds, MANY_CALLERS)
    expect(await countOf(race)).toBe(left(before + 1))
  })
})

test('a server that is killed while others race with it costs them nothing', { timeout: WITHIN_MS }, async () => {
  const victim = await startServer()
  const doomed = laneOf(victim)
  const before = await Promise.all(races.map(countOf))
  const ROUNDS = 20
  let killed: Promise<void> | undefined
  for (let n = 0; n < ROUNDS; n++) {
    const round = env.raceRounds + 1 + n
    const rounds = races.map(async (race) => {
      await race.prepare?.(lanes[0] as Lane, track)
      const lost = race.ask(doomed, track, { round, caller: SERVERS }).catch(() => undefined)
      if (n === ROUNDS / 2) killed ??= victim.kill()
      const answers = await atOnce(lanes, SERVERS, (one, caller) => race.ask(one, track, { round, caller }))
      expect(distinct(answers.map(({ id }) => id))).toBe(1)
      await lost
    })
    await Promise.all(rounds)
  }
  await killed
  const gained = races.map((race) => (race.prepare ? 0 : ROUNDS))
  expect(await Promise.all(races.map(countOf))).toEqual(before.map((count, place) => count + (gained[place] ?? 0)))
})

test('a server that is killed with the lock in its hands keeps nobody waiting', { timeout: WITHIN_MS }, async () => {
  const race = races.find(({ name }) => name.startsWith('message')) as Race
  const victim = await startServer()
  const turn = { round: 2 * env.raceRounds + 100, caller: 0 }
  const before = await countOf(race)
  // The victim has taken the lock of get-or-create and waits for the row of the conversation; the others wait for the lock.
  const hold: Statement = { name: 'races.hold-row', text: 'select from conversations where id = $1 for update' }
  const [asked] = await db.atomically(async (rows) => {
    await rows(hold, [track.conversationId])
    const lost = race.ask(laneOf(victim), track, turn).catch(() => undefined)
    await expect.poll(() => db.rows(WAITING, []), PATIENTLY).toHaveLength(1)
    const answers = atOnce(lanes, SERVERS, (one) => race.ask(one, track, turn))
    await expect.poll(() => db.rows(WAITING, []), PATIENTLY).toHaveLength(1 + SERVERS)
    await victim.kill()
    await lost
    return [answers]
  })
  expect(distinct((await asked).map(({ id }) => id))).toBe(1)
  expect(await countOf(race)).toBe(before + 1)
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
