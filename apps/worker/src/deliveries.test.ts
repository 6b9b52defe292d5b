import { cancelScheduledEvent, createEvent, deleteBot, deleteMessage, listEvents, updateBot } from '@understudy/core'
import { accept, type Received, receiver, redisUrl } from '@understudy/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

const backends = [
  { name: 'PostgreSQL', here: true, redis: () => undefined },
  { name: 'Redis', here: redisUrl() !== undefined, redis: redisUrl },
]

let on: Awaited<ReturnType<typeof stage>>
beforeAll(async () => {
  on = await stage()
})

type EventCall = { event: { id: string; type: string; payload: { message: { payload: { text: string } } } } }
const wordsOf = ({ body }: Received) => (body as EventCall).event.payload.message.payload.text
const eventOf = ({ body }: Received) => (body as EventCall).event

describe.for(backends)('with the queue on $name', ({ here, redis }) => {
  const working = async (body: () => Promise<void>, processes = 1) => {
    const running = await Promise.all(Array.from({ length: processes }, () => work(on.options(redis()))))
    try {
      await body()
    } finally {
      await Promise.all(running.map((one) => one.close()))
    }
  }
  const status = async (scene: Awaited<ReturnType<typeof on.scene>>) =>
    (await listEvents(scene.asBot, { pageSize: 100 })).events.map((event) => [event.status, event.failureReason])

  test.runIf(here)('a message reaches the bot as an event, with all its headers, and counts as processed', async () => {
    const bot = await receiver()
    const scene = await on.scene({ bot: bot.url })
    const message = await scene.say('Hello')
    await working(async () => {
      await expect.poll(() => status(scene)).toEqual([['processed', null]])
    })
    const [{ headers, body } = {} as Received] = bot.heard
    expect(headers).toMatchObject({
      'x-bot-id': scene.botId,
      'x-bp-operation': 'event_received',
      'x-bp-type': 'message_created',
      'x-bp-configuration': Buffer.from('{"greeting":"Hë"}').toString('base64'),
      'x-understudy-attempt': '1',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    })
    expect(body).toMatchObject({
      event: {
        type: 'message_created',
        status: 'pending',
        conversationId: scene.home.id,
        userId: scene.ann.id,
        messageId: message.id,
        payload: {
          message: { id: message.id, createdAt: message.createdAt, payload: { text: 'Hello' }, direction: 'incoming' },
          user: { id: scene.ann.id, tags: { 'parrot:id': 'ann' } },
          conversation: { id: scene.home.id },
        },
      },
    })
  })

  test.runIf(here)('attempts are counted by what became of them', async () => {
    const bot = await receiver((_call, response) => void response.writeHead(418).end())
    const scene = await on.scene({ bot: bot.url })
    const count = async (outcome: string) => {
      const line = new RegExp(`^understudy_deliveries_total{target="bot",outcome="${outcome}"} (\\d+)$`, 'm')
      return Number(line.exec(await on.platform.metrics.text())?.[1] ?? 0)
    }
    const [delivered, failed] = [await count('delivered'), await count('failed')]
    await working(async () => {
      await scene.say('No')
      await expect.poll(() => count('failed')).toBe(failed + 1)
      bot.behave(accept)
      await scene.say('Yes')
      await expect.poll(() => count('delivered')).toBe(delivered + 1)
    })
    expect(await on.platform.metrics.text()).toMatch(/^understudy_delivery_duration_seconds_count{target="bot"} \d+$/m)
  })

  test.runIf(here)('an answer of the bot reaches the integration, in its own names of tags', async () => {
    const parrot = await receiver()
    const scene = await on.scene({ integration: parrot.url })
    const message = await scene.answer('Hi')
    await working(async () => {
      await expect.poll(() => parrot.heard).toHaveLength(1)
    })
    const [{ headers, body } = {} as Received] = parrot.heard
    expect(headers).toMatchObject({
      'x-bot-id': scene.botId,
      'x-bot-user-id': scene.botId,
      'x-integration-id': scene.integrationId,
      'x-integration-alias': 'parrot',
      'x-bp-operation': 'message_created',
      'x-bp-configuration': Buffer.from('{"volume":3}').toString('base64'),
    })
    expect(body).toMatchObject({
      type: 'text',
      payload: { text: 'Hi' },
      message: { id: message.id, direction: 'outgoing' },
      conversation: { id: scene.home.id, channel: 'room' },
      user: { id: scene.botId },
    })
  })

  test.runIf(here)(
    'first attempts of a conversation begin in order, whoever works and however slow the bot',
    async () => {
      const bot = await receiver((call, response) => void setTimeout(() => accept(call, response), 40))
      const scene = await on.scene({ bot: bot.url })
      const other = await scene.conversation()
      const spoken = Array.from({ length: 40 }, (_, index) => `n${index}`)
      await working(async () => {
        for (const words of spoken) {
          await scene.say(words)
          await scene.say(words, other.id)
        }
        await expect.poll(() => bot.heard).toHaveLength(80)
      }, 2)
      for (const { id } of [scene.home, other]) {
        const arrived = bot.heard.filter(
          ({ body }) => (body['event'] as { conversationId: string }).conversationId === id,
        )
        expect(arrived.map(wordsOf)).toEqual(spoken)
      }
    },
  )

  test.runIf(here)('a bot that cuts connections hears the same event again, and a later attempt ends it', async () => {
    const bot = await receiver((_call, response) => void response.socket?.destroy())
    const scene = await on.scene({ bot: bot.url })
    await scene.say('Hello')
    await working(async () => {
      await expect.poll(() => bot.heard).toHaveLength(1)
      expect(await status(scene)).toEqual([['pending', null]])
      bot.behave(accept)
      await expect.poll(() => status(scene)).toEqual([['processed', null]])
    })
    expect(new Set(bot.heard.map((call) => eventOf(call).id)).size).toBe(1)
    expect(bot.heard.map(({ headers }) => headers['x-understudy-attempt'])).toEqual(['1', '2'])
  })

  test.runIf(here)('a bot that loses three connections of ten after its work ends with exact counts', async () => {
    const done = new Map<string, number>()
    const breaking = await receiver((call, response) => {
      const { id } = eventOf(call)
      const place = done.size
      const [seen = place] = [done.get(id)]
      done.set(id, seen)
      const attempt = Number(call.headers['x-understudy-attempt'])
      const isCut = (attempt === 1 && seen % 10 < 3) || (attempt === 2 && seen % 10 === 0)
      if (isCut) response.socket?.destroy()
      else accept(call, response)
    })
    const scene = await on.scene({ bot: breaking.url })
    for (let n = 0; n < 40; n++) await scene.say(`n${n}`)
    await working(async () => {
      await expect
        .poll(async () => {
          on.hurry(10_000)
          return (await status(scene)).filter(([one]) => one === 'processed').length
        })
        .toBe(40)
    })
    expect(done.size).toBe(40)
    expect(breaking.heard).toHaveLength(40 + 12 + 4)
  })

  test.runIf(here)('a refusal is final, and its reason can be read on the event', async () => {
    const bot = await receiver((_call, response) => void response.writeHead(400).end('{"message":"No such verb"}'))
    const scene = await on.scene({ bot: bot.url })
    await scene.say('Hello')
    await working(async () => {
      await expect.poll(() => status(scene)).toEqual([['failed', 'The bot answered 400: No such verb']])
    })
    expect(bot.heard).toHaveLength(1)
  })

  test.runIf(here)('what a worker left when it died is taken up by another', async () => {
    const bot = await receiver()
    const scene = await on.scene({ bot: bot.url })
    await scene.say('Hello')
    // As a process leaves it that was killed in the middle of a call.
    await on.platform.db.rows(
      {
        name: 'test.abandon',
        text: `update deliveries set attempts = 1, runner = gen_random_uuid(), lease_until = now() + interval '1 s' where bot_id = $1`,
      },
      [scene.botId],
    )
    await working(async () => {
      await expect.poll(() => status(scene)).toEqual([['processed', null]])
    })
    expect(bot.heard).toHaveLength(1)
  })

  test.runIf(here)('closing hands a call back that does not end, and it is not counted as a failure', async () => {
    const bot = await receiver(() => {})
    const scene = await on.scene({ bot: bot.url })
    await scene.say('Hello')
    await working(async () => {
      await expect.poll(() => bot.heard).toHaveLength(1)
    })
    bot.behave(accept)
    await working(async () => {
      await expect.poll(() => status(scene)).toEqual([['processed', null]])
    })
    expect(bot.heard.map(({ headers }) => headers['x-understudy-attempt'])).toEqual(['1', '2'])
  })

  test.runIf(here)('one bot that hangs does not keep another from all it is owed', async () => {
    const hanging = await receiver(() => {})
    const lively = await receiver()
    const [stuck, scene] = [await on.scene({ bot: hanging.url }), await on.scene({ bot: lively.url })]
    for (let n = 0; n < 80; n++) await stuck.say(`n${n}`, (await stuck.conversation()).id)
    for (let n = 0; n < 80; n++) await scene.say(`n${n}`)
    await working(async () => {
      await expect.poll(() => lively.heard).toHaveLength(80)
      // As many as one bot may have in flight.
      expect(hanging.heard.length).toBeLessThanOrEqual(50)
      hanging.behave(accept)
      await deleteBot(on.admin, stuck.botId)
    })
  })
})

describe('without a call', () => {
  test('an event the bot does not subscribe to is ignored', async () => {
    const bot = await receiver()
    const scene = await on.scene({ bot: bot.url })
    await updateBot(on.admin, scene.botId, { subscriptions: { events: { 'parrot:squawk': {} } } }, 'alias')
    await createEvent(scene.asBot, { type: 'wakeUp', payload: {} })
    await createEvent(scene.asParrot, { type: 'squawk', payload: { text: 'Squawk' } })
    const running = await work(on.options(undefined))
    await expect
      .poll(async () => (await listEvents(scene.asBot, { pageSize: 9 })).events.map((one) => [one.type, one.status]))
      .toEqual([
        ['parrot:squawk', 'processed'],
        ['wakeUp', 'ignored'],
      ])
    await running.close()
    expect(bot.heard.map(({ headers }) => headers['x-bp-type'])).toEqual(['parrot:squawk'])
  })

  test('a message that was deleted before its turn is not delivered', async () => {
    const bot = await receiver()
    const scene = await on.scene({ bot: bot.url })
    const message = await scene.say('Never mind')
    await deleteMessage(scene.asParrot, message.id)
    const running = await work(on.options(undefined))
    await expect.poll(async () => (await listEvents(scene.asBot, { pageSize: 9 })).events[0]?.status).toBe('ignored')
    await running.close()
    expect(bot.heard).toEqual([])
  })

  test('a scheduled event that was canceled never comes, one that was not comes at its time', async () => {
    const bot = await receiver()
    const scene = await on.scene({ bot: bot.url })
    const schedule = { delay: 300 }
    const [canceled, kept] = [
      await createEvent(scene.asBot, { type: 'wakeUp', payload: {}, schedule }),
      await createEvent(scene.asBot, { type: 'wakeUp', payload: {}, schedule }),
    ]
    await cancelScheduledEvent(scene.asBot, canceled.id)
    const running = await work(on.options(undefined))
    await expect.poll(() => bot.heard.map((call) => eventOf(call).id)).toEqual([kept.id])
    await running.close()
    expect((await listEvents(scene.asBot, { pageSize: 9 })).events.map((event) => event.status).toSorted()).toEqual([
      'canceled',
      'processed',
    ])
  })
})
