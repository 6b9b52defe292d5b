import {
  createEvent,
  getConversation,
  getEvent,
  getMessage,
  getState,
  getUser,
  importMessages,
  setState,
  sweepRetention,
  updateBot,
} from '@understudy/core'
import { receiver } from '@understudy/testkit'
import { beforeAll, expect, test } from 'vitest'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

let on: Awaited<ReturnType<typeof stage>>
beforeAll(async () => {
  on = await stage()
})

const NOW = '2026-03-01T12:00:00.000Z'
const DAY_MS = 24 * 60 * 60 * 1000
const afterDays = (days: number) => new Date(Date.parse(NOW) + days * DAY_MS).toISOString()

/** A bot and an integration that hear whatever they are owed. */
const sceneNow = async () => {
  on.stop(NOW)
  const url = (await receiver()).url
  const scene = await on.scene({ bot: url, integration: url })
  const states = { memory: { type: 'conversation', schema: { type: 'object' } } } as const
  await updateBot(on.admin, scene.botId, { states }, 'alias')
  return { ...scene, asBot: { ...scene.asBot, bot: { ...scene.asBot.bot, states } } }
}
const settled = async () => {
  const running = await work(on.options(undefined))
  const owed = () => on.platform.db.prisma.delivery.count({ where: { status: 'queued' } })
  await expect.poll(owed).toBe(0)
  await running.close()
}
/** Sweeps side by side, so many days after the beginning. */
const sweepAfter = async (days: number) => {
  on.stop(afterDays(days))
  return (await Promise.all([1, 2, 3].map(() => sweepRetention(on.platform)))).reduce((sum, one) => sum + one)
}
const rowsOf = async (botId: string) => {
  const { prisma } = on.platform.db
  const where = { botId }
  return {
    messages: await prisma.message.count({ where }),
    events: await prisma.event.count({ where }),
    deliveries: await prisma.delivery.count({ where }),
    attempts: await prisma.deliveryAttempt.count({ where }),
    conversations: await prisma.conversation.count({ where }),
    participants: await prisma.participant.count({ where }),
    states: await prisma.state.count({ where }),
    tags: await prisma.tag.count({ where: { ...where, NOT: { kind: 'user' } } }),
  }
}

test('what nobody has touched for ninety days is gone with all that hangs on it, and not a moment sooner', async () => {
  const scene = await sceneNow()
  const room = await scene.conversation({ id: 'room' })
  for (let n = 0; n < 3; n++) await scene.say(`n${n}`, room.id)
  await scene.answer('Hi', room.id)
  await createEvent(scene.asBot, { type: 'wakeUp', payload: {} })
  await setState(scene.asBot, { type: 'conversation', id: room.id, name: 'memory' }, { payload: { n: 1 } })
  await settled()
  const all = { messages: 4, events: 4, deliveries: 5, attempts: 5 }
  const kept = { conversations: 2, participants: 2, states: 1, tags: 1 }
  expect(await rowsOf(scene.botId)).toEqual({ ...all, ...kept })

  expect(await sweepAfter(90)).toBe(0)
  on.hurry(1)
  await sweepRetention(on.platform)
  expect(new Set(Object.values(await rowsOf(scene.botId)))).toEqual(new Set([0]))
  expect((await getUser(scene.asParrot, scene.ann.id)).id).toBe(scene.ann.id)
})

test('a conversation lives by what is said in it, and counts what is left of that', async () => {
  const scene = await sceneNow()
  const first = await scene.say('first')
  await settled()
  on.stop(afterDays(60))
  const second = await scene.say('second')
  await settled()
  await sweepAfter(100)
  await expect(getMessage(scene.asBot, first.id)).rejects.toThrow(/not found/)
  expect((await getMessage(scene.asBot, second.id)).id).toBe(second.id)
  expect((await getConversation(scene.asBot, scene.home.id)).messageCount).toBe(1)
  await sweepAfter(151)
  await expect(getConversation(scene.asBot, scene.home.id)).rejects.toThrow(/not found/)
})

test('nothing goes while it is owed to somebody, waits for its time, or is kept in mind', async () => {
  const scene = await sceneNow()
  const unheard = await scene.say('unheard', (await scene.conversation()).id)
  const planned = await createEvent(scene.asBot, {
    type: 'wakeUp',
    payload: {},
    conversationId: (await scene.conversation()).id,
    schedule: { delay: 200 * DAY_MS },
  })
  const later = await scene.say('later', (await scene.conversation()).id, { delay: 200 * DAY_MS })
  const remembered = await scene.conversation()
  const memory = { type: 'conversation', id: remembered.id, name: 'memory' } as const
  on.stop(afterDays(50))
  await setState(scene.asBot, memory, { payload: { n: 1 } })

  await sweepAfter(120)
  for (const message of [unheard, later]) {
    expect((await getMessage(scene.asBot, message.id)).id).toBe(message.id)
    expect((await getConversation(scene.asBot, message.conversationId)).messageCount).toBe(1)
  }
  expect((await getConversation(scene.asBot, planned.conversationId ?? '')).messageCount).toBe(0)
  expect((await getState(scene.asBot, memory)).payload).toEqual({ n: 1 })

  on.stop(afterDays(200))
  await settled()
  expect((await getEvent(scene.asBot, planned.id)).status).toBe('processed')
  await sweepAfter(289)
  expect((await getMessage(scene.asBot, later.id)).id).toBe(later.id)
  await sweepAfter(291)
  expect(await rowsOf(scene.botId)).toMatchObject({ messages: 0, events: 0, deliveries: 0, conversations: 0 })
})

test('what was imported stays as long as its new conversation', async () => {
  const scene = await sceneNow()
  const past = { conversationId: scene.home.id, userId: scene.ann.id, type: 'text', payload: {}, tags: {} }
  const [message] = await importMessages(scene.asParrot, [{ ...past, createdAt: new Date('2020-01-01T00:00:00Z') }])
  await sweepAfter(90)
  expect((await getMessage(scene.asBot, message?.id ?? '')).id).toBe(message?.id)
  await sweepAfter(91)
  await expect(getMessage(scene.asBot, message?.id ?? '')).rejects.toThrow(/not found/)
})

test('a conversation in which something is said at this very moment stays', async () => {
  const scene = await sceneNow()
  const rooms = await Promise.all(Array.from({ length: 150 }, () => scene.conversation()))
  on.stop(afterDays(91))
  const saying = Promise.allSettled(rooms.map((room) => scene.say('Still there?', room.id)))
  await sweepRetention(on.platform)
  const said = await saying
  const survivors = said.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  expect(survivors.length).toBeGreaterThan(0)
  for (const message of survivors)
    expect((await getConversation(scene.asBot, message.conversationId)).messageCount).toBe(1)
  expect(await rowsOf(scene.botId)).toMatchObject({ messages: survivors.length, conversations: survivors.length })
})

test('with retention off nothing ever goes', async () => {
  const scene = await sceneNow()
  await scene.say('for ever')
  await settled()
  const before = await rowsOf(scene.botId)
  on.stop(afterDays(20_000))
  expect(await sweepRetention({ ...on.platform, retentionDays: 0 })).toBe(0)
  expect(await rowsOf(scene.botId)).toEqual(before)
})
