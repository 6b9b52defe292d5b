import { connect } from 'node:net'
import { accept, database, type Reaction, type Received, receiver, startRedisServer } from '@understudy/testkit'
import { expect, test } from 'vitest'
import { type Cluster, type Member, prepareCluster } from './cluster.ts'
import { env } from './env.ts'
import { settleIn } from './journey.ts'
import { type OfficialClient, officialClient } from './official-client.ts'
import type { Place } from './place.ts'

const CLIENT = '1.45.0'
const WRITERS = 8

/** How long after everything runs again the last one may be delivered: a lease, and a moment. */
const RECOVERED_WITHIN_MS = 15_000

/** One in so many is scheduled, from one second ahead on. */
const SCHEDULED_EACH = 5
const AHEAD_MIN_MS = 1_000

/** The id of what a call is about, as its creator knows it: of the message, where an event only heralds one. */
const subjectOf = ({ body }: Received): string => {
  const { event, message } = body as { event?: { id: string; messageId?: string }; message?: { id: string } }
  return event?.messageId ?? event?.id ?? message?.id ?? ''
}

/** Forgets everything, from one moment to the next. */
const flush = (redisUrl: string): Promise<void> =>
  new Promise((done, failed) => {
    const socket = connect(Number(new URL(redisUrl).port), '127.0.0.1', () => void socket.write('FLUSHALL\r\n'))
    socket.once('error', failed).once('data', () => socket.end(() => done()))
  })

const redis = await startRedisServer()

test.runIf(redis)(
  `of ${env.chaos.creates} creates whose answer came, each is delivered, none before its time, while processes are killed and Redis forgets`,
  async () => {
    const redisUrl = redis?.url ?? ''
    // Some of its connections break after the work is done: it knows an event again by its id.
    let calls = 0
    const heardAtMs = new Map<string, number>()
    const breaking: Reaction = (call, response) => {
      calls++
      heardAtMs.set(subjectOf(call), Math.min(heardAtMs.get(subjectOf(call)) ?? Infinity, Date.now()))
      if (calls % 10 === 3) response.socket?.destroy()
      else accept(call, response)
    }
    const [bot, parrot] = [await receiver(breaking), await receiver(breaking)]
    const cluster = await prepareCluster((await database({ migrated: false })).url, redisUrl)
    const members = {
      api: await cluster.startApi(),
      workers: [await cluster.startWorker(), await cluster.startWorker()],
    }
    const home = await settleIn(CLIENT, cluster.place, { bot: bot.url, integration: parrot.url })

    const acknowledged = await writeUntilDone(cluster.place, home, () => disturb(cluster, members, redisUrl))

    const recoveredAtMs = Date.now()
    const scheduled = [...acknowledged].filter(([, dueAtMs]) => dueAtMs > 0)
    // Otherwise nothing would be shown.
    expect(acknowledged.size).toBeGreaterThan(env.chaos.creates / 3)
    expect(scheduled.length).toBeGreaterThan(env.chaos.creates / 3 / SCHEDULED_EACH)
    const missing = () => [...acknowledged.keys()].filter((id) => !heardAtMs.has(id))
    const timeout = env.chaos.aheadSeconds * 1000 + RECOVERED_WITHIN_MS
    await expect.poll(missing, { timeout, interval: 200 }).toEqual([])
    const heardAt = (id: string): number => heardAtMs.get(id) ?? Infinity
    expect(scheduled.filter(([id, dueAtMs]) => heardAt(id) < dueAtMs)).toEqual([])
    const late = ([id, dueAtMs]: [string, number]) =>
      heardAt(id) > Math.max(dueAtMs, recoveredAtMs) + RECOVERED_WITHIN_MS
    expect([...acknowledged].filter(late)).toEqual([])
    for (const one of [members.api, ...members.workers]) await one.stop()
    await cluster.clear()
    await redis?.stop()
  },
  env.chaos.seconds * 1000 + 120_000,
)

/** Whose answer came, and when each is due (ms since 1970); 0: at once. */
type Acknowledged = Map<string, number>

/**
 * Writes by turns what wakes the bot, what goes to the integration, and events, some of it for later, whatever happens to the
 * server meanwhile.
 */
const writeUntilDone = async (
  place: Place,
  home: Awaited<ReturnType<typeof settleIn>>,
  meanwhile: () => Promise<void>,
): Promise<Acknowledged> => {
  const done: Acknowledged = new Map()
  const { user } = await home.parrot.createUser({ tags: { id: 'ann' } })
  const { conversation } = await home.parrot.createConversation({ channel: 'room', tags: {} })
  const [asBot, asParrot] = [
    officialClient(CLIENT, { ...place, botId: home.botId }),
    officialClient(CLIENT, { ...place, botId: home.botId, integrationId: home.integrationId }),
  ]
  const say = async (client: OfficialClient, userId: string, schedule: object) => {
    const said = { userId, conversationId: conversation.id, type: 'text', payload: { text: 'x' }, tags: {} }
    return (await client.createMessage({ ...said, ...schedule })).message.id
  }
  const turns = [
    (schedule: object) => say(asParrot, user.id, schedule),
    (schedule: object) => say(asBot, home.botId, schedule),
    async (schedule: object) => (await asBot.createEvent({ type: 'wakeUp', payload: {}, ...schedule })).event.id,
  ]
  let begun = 0
  // Spread over the whole time of the disturbance, so that some of them meet each of its blows.
  const pauseMs = (env.chaos.seconds * 1000 * WRITERS) / env.chaos.creates
  const write = async () => {
    while (begun < env.chaos.creates) {
      const number = begun++
      const dueAtMs = dueTime(number)
      const schedule = dueAtMs > 0 ? { schedule: { dateTime: new Date(dueAtMs).toISOString() } } : {}
      // Nobody promised anything about a call without an answer.
      await turns[number % turns.length]?.(schedule).then(
        (id) => void done.set(id, dueAtMs),
        () => {},
      )
      await new Promise((next) => setTimeout(next, pauseMs))
    }
  }
  await Promise.all([meanwhile(), ...Array.from({ length: WRITERS }, write)])
  return done
}

/** When the so-manieth is due; 0: at once. */
const dueTime = (number: number): number => {
  if (number % SCHEDULED_EACH !== 0) return 0
  return Date.now() + AHEAD_MIN_MS + ((number * 7_919) % (env.chaos.aheadSeconds * 1000 - AHEAD_MIN_MS))
}

/** Kills one process after the other, and lets Redis forget everything twice; in the end everything runs again. */
const disturb = async (
  cluster: Cluster,
  members: { api: Member; workers: Member[] },
  redisUrl: string,
): Promise<void> => {
  const until = Date.now() + env.chaos.seconds * 1000
  for (let blow = 0; Date.now() < until; blow++) {
    await new Promise((next) => setTimeout(next, 500 + (blow % 4) * 500))
    if (blow === 1 || blow === 4) await flush(redisUrl)
    if (blow % 3 === 0) {
      await members.api.kill()
      members.api = await cluster.startApi()
    } else {
      const [oldest] = members.workers.splice(0, 1)
      await oldest?.kill()
      members.workers.push(await cluster.startWorker())
    }
  }
}
