import {
  cancelScheduledEvent,
  createEvent,
  createMessage,
  deleteConversation,
  deleteMessage,
  getEvent,
  getMessage,
  getOrCreateMessage,
  listEvents,
  listMessages,
} from '@understudy/core'
import { type Received, receiver } from '@understudy/testkit'
import { beforeAll, expect, test } from 'vitest'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

let on: Awaited<ReturnType<typeof stage>>
beforeAll(async () => {
  on = await stage()
})

const NOON = '2026-03-01T12:00:00.000Z'
const HOUR_MS = 60 * 60 * 1000
const eventOf = ({ body }: Received) => body['event'] as { id: string; createdAt: string }
const messageOf = ({ body }: Received) => body['message'] as { id: string; payload: { text: string } }

const sceneAtNoon = async () => {
  on.stop(NOON)
  const [bot, parrot] = [await receiver(), await receiver()]
  const scene = await on.scene({ bot: bot.url, integration: parrot.url })
  const statusOf = async (id: string) => (await getEvent(scene.asBot, id)).status
  return { ...scene, bot, parrot, statusOf }
}

/** Lets everything be done that is to be done by then. */
const doneBy = async (ms: number) => {
  on.stop(new Date(Date.parse(NOON) + ms).toISOString())
  const running = await Promise.all([work(on.options(undefined)), work(on.options(undefined))])
  const left = () =>
    on.platform.db.prisma.delivery.count({
      where: { OR: [{ status: 'queued' }, { status: 'waiting', dueAt: { lte: on.platform.clock.now() } }] },
    })
  await expect.poll(left).toBe(0)
  await Promise.all(running.map((one) => one.close()))
}

test('what is scheduled is there at once, goes out at its time and not a millisecond before, once', async () => {
  const scene = await sceneAtNoon()
  const { asBot, asParrot, home, ann, botId } = scene
  const schedule = { delay: HOUR_MS }
  const said = { conversationId: home.id, type: 'text', tags: {}, schedule }
  const event = await createEvent(asBot, {
    type: 'wakeUp',
    payload: {},
    schedule: { dateTime: '2026-03-01T14:00:00.000+01:00' },
  })
  const incoming = await createMessage(asParrot, { ...said, userId: ann.id, payload: { text: 'in' } })
  const { message: outgoing } = await getOrCreateMessage(asBot, {
    ...said,
    userId: botId,
    payload: { text: 'out' },
    tags: {},
  })
  const [heralded] = (await listEvents(asBot, { messageId: incoming.id, pageSize: 9 })).events
  const both = [event.id, heralded?.id ?? '']

  await doneBy(HOUR_MS - 1)
  expect([scene.bot.heard, scene.parrot.heard]).toEqual([[], []])
  expect(await Promise.all(both.map(scene.statusOf))).toEqual(['scheduled', 'scheduled'])
  expect((await listMessages(asBot, { conversationId: home.id, pageSize: 9 })).messages.map(({ id }) => id)).toEqual([
    outgoing.id,
    incoming.id,
  ])

  await doneBy(HOUR_MS)
  await doneBy(2 * HOUR_MS)
  expect(scene.bot.heard.map((call) => eventOf(call).id).toSorted()).toEqual(both.toSorted())
  expect(scene.parrot.heard.map((call) => messageOf(call).id)).toEqual([outgoing.id])
  expect(await Promise.all(both.map(scene.statusOf))).toEqual(['processed', 'processed'])
})

test('a message that is deleted before its time, alone or with its conversation, does not go out', async () => {
  const scene = await sceneAtNoon()
  const later = (conversationId: string) =>
    createMessage(scene.asBot, {
      conversationId,
      userId: scene.botId,
      type: 'text',
      payload: { text: 'Later' },
      tags: {},
      schedule: { delay: HOUR_MS },
    })
  const room = await scene.conversation()
  const [alone, kept] = [await later(scene.home.id), await later(scene.home.id)]
  await later(room.id)
  await scene.say('Later', room.id, { delay: HOUR_MS })
  await deleteMessage(scene.asBot, alone.id)
  await deleteConversation(scene.asParrot, room.id)
  await doneBy(HOUR_MS)
  expect(scene.parrot.heard.map((call) => messageOf(call).id)).toEqual([kept.id])
  expect(scene.bot.heard).toEqual([])
  await expect(getMessage(scene.asBot, alone.id)).rejects.toThrow(/not found/)
})

test('of canceling an event and its time each time one comes first: it is canceled or delivered, never both', async () => {
  const [EVENTS, APART_MS, LANES] = [5_000, 1_000, 12]
  const scene = await sceneAtNoon()
  const ids: string[] = []
  const inLanes = async (does: (n: number) => Promise<void>) => {
    let next = 0
    const lane = async () => {
      for (let n = next++; n < EVENTS; n = next++) await does(n)
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  }
  await inLanes(async (n) => {
    const schedule = { delay: HOUR_MS + n * APART_MS }
    ids[n] = (await createEvent(scene.asBot, { type: 'wakeUp', payload: { n }, schedule })).id
  })

  on.stop(new Date(Date.parse(NOON) + HOUR_MS - 1).toISOString())
  const running = await Promise.all([work(on.options(undefined)), work(on.options(undefined))])
  const canceled = new Set<string>()
  await inLanes(async (n) => {
    // Time goes on as fast as this does; what is canceled is a little ahead of it, or behind.
    on.hurry(APART_MS)
    const target = ids[(n + ((n * 7) % 41) - 20 + EVENTS) % EVENTS] ?? ''
    await cancelScheduledEvent(scene.asBot, target).then(
      () => void canceled.add(target),
      (error: Error) => expect(error.message).toMatch(/only a scheduled one can be canceled/),
    )
  })
  on.hurry(HOUR_MS)
  const left = () =>
    on.platform.db.prisma.delivery.count({ where: { botId: scene.botId, status: { in: ['queued', 'waiting'] } } })
  await expect.poll(left, { timeout: 60_000 }).toBe(0)
  await Promise.all(running.map((one) => one.close()))

  const delivered = scene.bot.heard.map((call) => eventOf(call).id)
  // Otherwise nothing would be shown.
  expect(Math.min(canceled.size, delivered.length)).toBeGreaterThan(EVENTS / 20)
  expect([...canceled, ...delivered].toSorted()).toEqual(ids.toSorted())
  const ended = await on.platform.db.prisma.event.groupBy({
    by: ['status'],
    where: { botId: scene.botId },
    _count: true,
    orderBy: { status: 'asc' },
  })
  expect(ended.map(({ status, _count }) => [status, _count])).toEqual([
    ['canceled', canceled.size],
    ['processed', delivered.length],
  ])
}, 180_000)
