import {
  getBotLogs,
  listBotIssueEvents,
  listBotIssues,
  reportFailures,
  sweepBotIssues,
  sweepLogs,
  writeLogs,
} from '@understudy/core'
import { redisUrl } from '@understudy/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { stage } from './testing/stage.ts'
import { work } from './work.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let on: Awaited<ReturnType<typeof stage>>
beforeAll(async () => {
  on = await stage()
})

const failure = { category: 'other', title: '', description: '', data: {}, groupBy: [], message: 'It broke' } as const

const queues = [
  { name: 'PostgreSQL', here: true, redis: () => undefined },
  { name: 'Redis', here: redisUrl() !== undefined, redis: redisUrl },
]

describe.for(queues)('with the queue on $name', ({ here, redis }) => {
  test.runIf(here)(
    'lines, issues and their events are forgotten after 30 days of the time of bots, and not before',
    async () => {
      const { botId } = await on.scene({})
      const report = (code: string, source: string) =>
        reportFailures(on.platform, [{ ...failure, botId, code, source }])
      await report('over', 'a')
      await report('goes on', 'b')
      on.hurry(DAY_MS)
      await report('goes on', 'c')
      on.hurry(29 * DAY_MS - 1000)
      const { botLog, botIssue, botIssueEvent } = on.platform.db.prisma
      const where = { botId }
      const left = async () => [
        await botLog.count({ where }),
        await botIssue.count({ where }),
        await botIssueEvent.count({ where }),
      ]
      await Promise.all([sweepLogs(on.platform), sweepBotIssues(on.platform)])
      expect(await left()).toEqual([3, 2, 3])

      on.hurry(DAY_MS / 2)
      const running = await work(on.options(redis()))
      await expect.poll(left, { timeout: 10_000 }).toEqual([1, 1, 1])
      await running.close()
      const [issue] = (await listBotIssues(on.admin, botId, { pageSize: 10 })).issues
      expect(issue).toMatchObject({ code: 'goes on', eventsCount: 2 })
      expect(await listBotIssueEvents(on.admin, botId, issue?.id ?? '')).toHaveLength(1)
    },
  )
})

test('sweeps side by side forget everything once, and a line whose time is over is not shown before', async () => {
  const { botId } = await on.scene({})
  const timeStart = on.platform.clock.now()
  const line = { botId, level: 'info', message: 'x' } as const
  for (let n = 0; n < 3; n++)
    await writeLogs(
      on.platform,
      Array.from({ length: 4_000 }, () => line),
    )
  await writeLogs(on.platform, [{ ...line, message: 'young', saidAt: new Date(timeStart.getTime() + DAY_MS) }])
  on.hurry(30 * DAY_MS + 60_000)
  expect((await getBotLogs(on.admin, botId, { timeStart })).logs.map(({ message }) => message)).toEqual(['young'])
  const swept = await Promise.all([sweepLogs(on.platform), sweepLogs(on.platform), sweepLogs(on.platform)])
  await sweepLogs(on.platform)
  expect(await on.platform.db.prisma.botLog.count({ where: { botId } })).toBe(1)
  expect(swept.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(12_000)
})
