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

const eventId = ({ body }: Received) => (body['event'] as { id: string }).id
const messageId = ({ body }: Received) => (body['message'] as { id: string }).id

/** Forgets everything, from one moment to the next. */
const flush = (redisUrl: string): Promise<void> =>
  new Promise((done, failed) => {
    const socket = connect(Number(new URL(redisUrl).port), '127.0.0.1', () => void socket.write('FLUSHALL\r\n'))
    socket.once('error', failed).once('data', () => socket.end(() => done()))
  })

const redis = await startRedisServer()

test.runIf(redis)(
  `of ${env.chaos.creates} creates whose answer came, each is stored and delivered, while processes are killed and Redis forgets`,
  async () => {
    const redisUrl = redis?.url ?? ''
    // Some of its connections break after the work is done: it knows an event again by its id.
    let calls = 0
    const breaking: Reaction = (call, response) => {
      calls++
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

    const eventsOf = async (ids: string[]) =>
      Promise.all(ids.map(async (id) => (await home.bot.listEvents({ messageId: id })).events[0]?.id ?? id))
    const expected = [...acknowledged.events, ...(await eventsOf(acknowledged.incoming))]
    // Otherwise nothing would be shown.
    expect(expected.length + acknowledged.outgoing.length).toBeGreaterThan(env.chaos.creates / 3)
    const missing = () => {
      const heard = new Set([...bot.heard.map(eventId), ...parrot.heard.map(messageId)])
      return [...expected, ...acknowledged.outgoing].filter((id) => !heard.has(id))
    }
    await expect.poll(missing, { timeout: RECOVERED_WITHIN_MS, interval: 200 }).toEqual([])
    for (const one of [members.api, ...members.workers]) await one.stop()
    await cluster.clear()
    await redis?.stop()
  },
  env.chaos.seconds * 1000 + 120_000,
)

type Acknowledged = { incoming: string[]; outgoing: string[]; events: string[] }

/** Writes by turns what wakes the bot, what goes to the integration, and events, whatever happens to the server meanwhile. */
const writeUntilDone = async (
  place: Place,
  home: Awaited<ReturnType<typeof settleIn>>,
  meanwhile: () => Promise<void>,
): Promise<Acknowledged> => {
  const done: Acknowledged = { incoming: [], outgoing: [], events: [] }
  const { user } = await home.parrot.createUser({ tags: { id: 'ann' } })
  const { conversation } = await home.parrot.createConversation({ channel: 'room', tags: {} })
  const [asBot, asParrot] = [
    officialClient(CLIENT, { ...place, botId: home.botId }),
    officialClient(CLIENT, { ...place, botId: home.botId, integrationId: home.integrationId }),
  ]
  const say = (client: OfficialClient, userId: string) =>
    client.createMessage({ userId, conversationId: conversation.id, type: 'text', payload: { text: 'x' }, tags: {} })
  const turns = [
    async () => void done.incoming.push((await say(asParrot, user.id)).message.id),
    async () => void done.outgoing.push((await say(asBot, home.botId)).message.id),
    async () => void done.events.push((await asBot.createEvent({ type: 'wakeUp', payload: {} })).event.id),
  ]
  let begun = 0
  // Spread over the whole time of the disturbance, so that some of them meet each of its blows.
  const pauseMs = (env.chaos.seconds * 1000 * WRITERS) / env.chaos.creates
  const write = async () => {
    while (begun < env.chaos.creates) {
      const turn = turns[begun++ % turns.length]
      // Nobody promised anything about a call without an answer.
      await turn?.().catch(() => {})
      await new Promise((next) => setTimeout(next, pauseMs))
    }
  }
  await Promise.all([meanwhile(), ...Array.from({ length: WRITERS }, write)])
  return done
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
