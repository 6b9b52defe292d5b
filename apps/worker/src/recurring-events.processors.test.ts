import { createBot, deleteBot, fireRecurringEvents, getBot, listEvents, updateBot } from '@understudy/core'
import { accept, type Received, receiver, redisUrl } from '@understudy/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

let on: Awaited<ReturnType<typeof stage>>
beforeAll(async () => {
  on = await stage()
})

const hourly = { type: 'wakeUp', payload: { every: 'hour' }, schedule: { cron: '0 * * * *' } }
const daily = { type: 'wakeUp', payload: { every: 'day' }, schedule: { cron: '30 12 * * *' } }

/** A bot with recurring events, as of noon less half a minute. */
const sceneWith = async (recurringEvents: Record<string, typeof hourly>, url?: string) => {
  on.stop('2026-03-01T11:59:30.000Z')
  const scene = await on.scene(url === undefined ? {} : { bot: url })
  const declare = (change: Record<string, typeof hourly | null>) =>
    updateBot(on.admin, scene.botId, { recurringEvents: change }, 'alias')
  await declare(recurringEvents)
  const events = async () => (await listEvents(scene.asBot, { pageSize: 100 })).events.toReversed()
  /** What came of it that the time is this, whoever looks. */
  const at = async (time: string) => {
    on.stop(time)
    await Promise.all(Array.from({ length: 4 }, () => fireRecurringEvents(on.platform)))
    return (await events()).length
  }
  const record = async (name: string) => {
    const { failedAttempts, lastFailureReason } =
      (await getBot(on.admin, scene.botId, 'alias')).recurringEvents[name] ?? {}
    return [failedAttempts, lastFailureReason]
  }
  return { ...scene, declare, events, at, record }
}

describe('a recurring event', () => {
  test('comes once at each of its moments, never before, however many look', async () => {
    const scene = await sceneWith({ tick: hourly })
    expect(await scene.at('2026-03-01T11:59:59.999Z')).toBe(0)
    expect(await scene.at('2026-03-01T12:00:00.000Z')).toBe(1)
    expect(await scene.at('2026-03-01T12:59:59.999Z')).toBe(1)
    expect(await scene.at('2026-03-01T13:00:00.500Z')).toBe(2)
    expect(await scene.events()).toMatchObject([
      { type: 'wakeUp', payload: { every: 'hour' }, createdAt: '2026-03-01T12:00:00.000Z' },
      { type: 'wakeUp', payload: { every: 'hour' }, createdAt: '2026-03-01T13:00:00.500Z' },
    ])
  })

  test('that was missed, however often, comes once', async () => {
    const scene = await sceneWith({ tick: hourly })
    expect(await scene.at('2026-03-31T17:45:00.000Z')).toBe(1)
    expect(await scene.at('2026-03-31T17:59:59.999Z')).toBe(1)
    expect(await scene.at('2026-03-31T18:00:00.000Z')).toBe(2)
  })

  test('does not come again when clocks are set back, and once when they are set forward', async () => {
    const scene = await sceneWith({ tick: hourly })
    expect(await scene.at('2026-03-01T12:00:00.000Z')).toBe(1)
    for (const again of ['2026-03-01T11:00:00.000Z', '2026-03-01T12:00:00.000Z', '2026-03-01T12:30:00.000Z'])
      expect(await scene.at(again)).toBe(1)
    expect(await scene.at('2026-03-01T13:30:00.000Z')).toBe(2)
  })

  test('keeps its time when it is deployed again, and gets another with another expression', async () => {
    const scene = await sceneWith({ tick: hourly })
    expect(await scene.at('2026-03-01T12:00:00.000Z')).toBe(1)
    on.stop('2026-03-01T11:00:00.000Z')
    await scene.declare({ tick: { ...hourly, payload: { every: 'sixty minutes' } } })
    expect(await scene.at('2026-03-01T12:00:00.000Z')).toBe(1)
    expect(await scene.at('2026-03-01T13:00:00.000Z')).toBe(2)
    expect((await scene.events()).at(-1)?.payload).toEqual({ every: 'sixty minutes' })

    await scene.declare({ tick: daily })
    expect(await scene.at('2026-03-01T14:00:00.000Z')).toBe(2)
    expect(await scene.at('2026-03-02T12:30:00.000Z')).toBe(3)
  })

  test('that is removed comes no more, and goes on under another name', async () => {
    const scene = await sceneWith({ tick: hourly, other: daily })
    await scene.declare({ tick: null, tock: hourly })
    expect(await scene.at('2026-03-01T12:00:00.000Z')).toBe(1)
    await scene.declare({ tock: null, other: null })
    expect(await scene.at('2026-03-05T12:00:00.000Z')).toBe(1)
  })

  test('does not come to a bot that is blocked, nor afterwards what it missed', async () => {
    const scene = await sceneWith({ tick: hourly })
    await updateBot(on.admin, scene.botId, { blocked: true }, 'alias')
    expect(await scene.at('2026-03-01T12:00:00.000Z')).toBe(0)
    await updateBot(on.admin, scene.botId, { blocked: false }, 'alias')
    expect(await scene.at('2026-03-01T12:30:00.000Z')).toBe(0)
    expect(await scene.at('2026-03-01T13:00:00.000Z')).toBe(1)
  })

  test('is forgotten with its bot', async () => {
    const scene = await sceneWith({ tick: hourly })
    await deleteBot(on.admin, scene.botId)
    expect(await scene.at('2026-03-01T13:00:00.000Z')).toBe(0)
    expect(await on.platform.db.prisma.recurringEvent.count({ where: { botId: scene.botId } })).toBe(0)
  })

  test('of a bot that is made with it comes as well', async () => {
    on.stop('2026-03-01T11:59:30.000Z')
    const bot = await createBot(on.admin, { name: 'hourly', recurringEvents: { tick: hourly } })
    on.stop('2026-03-01T12:00:00.000Z')
    expect(await fireRecurringEvents(on.platform)).toBe(1)
    expect(bot.recurringEvents).toEqual({ tick: { ...hourly, failedAttempts: 0, lastFailureReason: null } })
  })

  test('of each of many bots comes once, when several look at the same time', async () => {
    on.stop('2026-03-01T11:59:30.000Z')
    const recurringEvents = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`tick${index}`, hourly]))
    for (let bot = 0; bot < 12; bot++) await createBot(on.admin, { name: 'hourly', recurringEvents })
    on.stop('2026-03-01T12:00:00.000Z')
    const fired = async () => Promise.all([1, 2, 3, 4].map(() => fireRecurringEvents(on.platform)))
    const looks = [...(await fired()), ...(await fired()), ...(await fired())]
    expect(looks.reduce((sum, one) => sum + one)).toBe(12 * 30)
  })
})

const queues = [
  { name: 'PostgreSQL', here: true, redis: () => undefined },
  { name: 'Redis', here: redisUrl() !== undefined, redis: redisUrl },
]

describe.for(queues)('with the queue on $name', ({ here, redis }) => {
  test.runIf(here)('two workers deliver it once, count its failures, and begin anew with a success', async () => {
    const bot = await receiver((_call, response) => void response.writeHead(400).end('{"message":"No"}'))
    const scene = await sceneWith({ tick: hourly }, bot.url)
    const running = await Promise.all([work(on.options(redis())), work(on.options(redis()))])
    const tickAt = async (time: string, calls: number) => {
      on.stop(time)
      await expect.poll(() => bot.heard, { timeout: 10_000 }).toHaveLength(calls)
    }
    await tickAt('2026-03-01T12:00:00.000Z', 1)
    await expect.poll(() => scene.record('tick')).toEqual([1, 'The bot answered 400: No'])
    await tickAt('2026-03-01T13:00:00.000Z', 2)
    await expect.poll(() => scene.record('tick')).toEqual([2, 'The bot answered 400: No'])
    bot.behave(accept)
    await tickAt('2026-03-01T14:00:00.000Z', 3)
    await expect.poll(() => scene.record('tick')).toEqual([0, 'The bot answered 400: No'])
    await Promise.all(running.map((one) => one.close()))
    const idOf = ({ body }: Received) => (body['event'] as { id: string }).id
    expect(bot.heard.map(idOf)).toEqual((await scene.events()).map(({ id }) => id))
  })
})
