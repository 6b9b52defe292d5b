import {
  type Failure,
  getBotLogs,
  getIntegrationLogs,
  listBotIssueEvents,
  listBotIssues,
  listDeliveries,
  updateBot,
} from '@understudy/core'
import { receiver } from '@understudy/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

let on: Awaited<ReturnType<typeof stage>>
type Scene = Awaited<ReturnType<typeof on.scene>>
beforeAll(async () => {
  on = await stage()
})

const working = async (body: () => Promise<void>, allowPrivateHosts = true) => {
  const running = await work({ ...on.options(undefined), allowPrivateHosts })
  try {
    await body()
  } finally {
    await running.close()
  }
}
const issuesOf = async ({ botId }: Scene) => (await listBotIssues(on.admin, botId, { pageSize: 100 })).issues
const logsOf = async ({ botId }: Scene) => (await getBotLogs(on.admin, botId, {})).logs

/** The only issue there is, once there is one. */
const issueOf = async (scene: Scene) => {
  await expect.poll(() => issuesOf(scene), { timeout: 10_000 }).toHaveLength(1)
  const [issue] = await issuesOf(scene)
  if (!issue) throw new Error('There is none.')
  return { ...issue, events: await listBotIssueEvents(on.admin, scene.botId, issue.id) }
}
type Expected = Pick<Failure, 'code' | 'category'>

describe('a delivery that failed for good', () => {
  test('is an error in the log and an issue of its bot: what was said, where, and without secrets', async () => {
    const secret = `bp_bak_${'x'.repeat(32)}`
    const bot = await receiver((_call, response) => {
      response.writeHead(400).end(JSON.stringify({ message: `\uD800 ${secret} ${'é'.repeat(2_000)}` }))
    })
    const scene = await on.scene({ bot: bot.url })
    await working(async () => {
      await scene.say('One')
      await scene.say('Two')
      await expect.poll(async () => (await issuesOf(scene))[0]?.eventsCount, { timeout: 10_000 }).toBe(2)
    })
    const issue = await issueOf(scene)
    expect(issue).toMatchObject({
      code: 'delivery_answered_error',
      category: 'user_code',
      title: 'The bot answered with an error',
      groupedData: { receiver: { raw: 'bot' }, status: { raw: '400' } },
    })
    const logs = await logsOf(scene)
    expect(logs).toHaveLength(2)
    const said = { level: 'error', conversationId: scene.home.id, userId: scene.ann.id }
    expect(logs[0]).toMatchObject(said)
    expect(logs[0]?.message).toMatch(
      /^The event "message_created" failed: The bot answered 400: \uFFFD \[redacted\] é+…$/,
    )
    expect(JSON.stringify([issue, logs])).not.toContain(secret)
    expect(issue.events.map(({ data }) => data['type']?.raw)).toEqual(['message_created', 'message_created'])
  })

  test('to an integration is told to the owners of both', async () => {
    const parrot = await receiver((_call, response) => void response.writeHead(404).end('nobody here'))
    const scene = await on.scene({ integration: parrot.url })
    await working(async () => {
      await scene.answer('Hi')
      expect(await issueOf(scene)).toMatchObject({
        title: 'The integration "parrot" answered with an error',
        groupedData: { receiver: { raw: 'parrot' }, status: { raw: '404' } },
      })
    })
    const message = 'The message for the integration "parrot" failed: The integration answered 404: nobody here'
    const line = { level: 'error', message, conversationId: scene.home.id, userId: scene.botId }
    expect(await logsOf(scene)).toEqual([expect.objectContaining(line)])
    expect((await getIntegrationLogs(on.admin, scene.integrationId, {})).logs).toEqual([expect.objectContaining(line)])
  })

  const failing: { why: string; url: () => Promise<string>; expected: Expected }[] = [
    {
      why: 'its headers were too large',
      url: async () => (await receiver((_call, response) => void response.writeHead(431).end())).url,
      expected: { code: 'delivery_headers_too_large', category: 'configuration' },
    },
    {
      why: 'the URL makes no sense',
      url: async () => 'ftp://127.0.0.1/bot',
      expected: { code: 'delivery_url_invalid', category: 'configuration' },
    },
    {
      why: 'nobody answered in time',
      url: async () => (await receiver(() => {})).url,
      expected: { code: 'delivery_timed_out', category: 'limits' },
    },
    {
      why: 'the answer was too large',
      url: async () =>
        (
          await receiver((_call, response) => {
            response.writeHead(200)
            const more = () => response.destroyed || response.write('x'.repeat(1 << 20), more)
            more()
          })
        ).url,
      expected: { code: 'delivery_answer_too_large', category: 'limits' },
    },
    {
      why: 'there is no URL',
      url: async () => '',
      expected: { code: 'delivery_url_missing', category: 'configuration' },
    },
  ]
  test.each(failing)('because $why is of a kind of its own', async ({ url, expected }) => {
    const at = await url()
    const scene = await on.scene(at ? { bot: at } : {})
    await updateBot(on.admin, scene.botId, { maxExecutionTime: 1 }, 'alias')
    await working(async () => {
      await scene.say('Hello')
      expect(await issueOf(scene)).toMatchObject({ ...expected, eventsCount: 1 })
    })
    expect(await logsOf(scene)).toHaveLength(1)
  })

  test('because its address is not called is a matter of configuration', async () => {
    const scene = await on.scene({ bot: (await receiver()).url })
    await working(async () => {
      await scene.say('Hello')
      expect(await issueOf(scene)).toMatchObject({ code: 'delivery_address_forbidden', category: 'configuration' })
    }, false)
  })

  test('after all its attempts is told once, and what is still tried is not told', async () => {
    const scene = await on.scene({ bot: 'http://127.0.0.1:9' })
    await scene.say('Hello')
    await working(async () => {
      const failures = async () => (await listDeliveries(scene.asBot, { pageSize: 1 })).deliveries[0]?.failures
      for (const [index, pauseMs] of [1_000, 10_000, 60_000, 540_000].entries()) {
        await expect.poll(failures, { timeout: 10_000 }).toBe(index + 1)
        expect(await issuesOf(scene)).toEqual([])
        on.hurry(pauseMs)
      }
      expect(await issueOf(scene)).toMatchObject({ code: 'delivery_unreachable', eventsCount: 1 })
    })
  })

  test('of a bot that runs nowhere is mentioned once a minute, whoever finds it', async () => {
    const scene = await on.scene({})
    const heard = async () => (await logsOf(scene)).length
    await working(() =>
      working(async () => {
        for (let n = 0; n < 20; n++) await scene.say(`${n}`)
        await expect.poll(heard, { timeout: 10_000 }).toBeGreaterThan(0)
      }),
    )
    const before = await heard()
    expect(before).toBeLessThanOrEqual(2)
    on.hurry(60_000)
    await working(async () => {
      await scene.say('Still there?')
      await expect.poll(heard, { timeout: 10_000 }).toBe(before + 1)
    })
  })
})
