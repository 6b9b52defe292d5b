import type { BotIssue, BotIssueEvent, Log } from '@understudy/contract'
import { createBot, deleteBot, type Failure, newUuid, reportFailures } from '@understudy/core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const clock = movingClock()
let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller
let botId: string

beforeAll(async () => {
  api = await startApi({ clock })
  owner = await api.account('owner')
})
beforeEach(async () => {
  botId = (await createBot(await api.owner(), {})).id
})

const ok = <T>({ status, body }: Answer): T => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body as T
}
const get = async <T>(path: string, caller = owner) => ok<T>(await caller.call('GET', `/v1/admin/bots/${botId}${path}`))
const issues = async () => (await get<{ issues: BotIssue[] }>('/issues')).issues
const events = async ({ id }: BotIssue) =>
  (await get<{ issueEvents: BotIssueEvent[] }>(`/issues/${id}/events`)).issueEvents
const remove = ({ id }: BotIssue, caller = owner) => caller.call('DELETE', `/v1/admin/bots/${botId}/issues/${id}`)

let count = 0
const failure = (more: Partial<Failure> = {}): Failure => ({
  botId,
  source: `test/${++count}`,
  code: 'broken',
  category: 'user_code',
  title: 'It broke',
  description: 'Mend it',
  data: { part: { raw: 'wheel', pretty: 'the wheel' }, attempt: { raw: String(count) } },
  groupBy: ['part'],
  message: `It broke (${count})`,
  ...more,
})
const report = (...failures: Failure[]) => reportFailures(api.platform, failures)

describe('issues of a bot', () => {
  test('count what has code and grouped facts in common, with a line of the log for each', async () => {
    const began = clock.now().toISOString()
    await report(failure({ conversationId: 'conv_1' }), failure())
    clock.advance(1000)
    await report(failure({ description: 'Mend it now' }), failure({ data: { part: { raw: 'axle' } } }))
    await report(failure({ code: 'lost', category: 'other' }))
    const [lost, axle, wheel] = await issues()
    expect(wheel).toEqual({
      id: expect.stringMatching(/^issue_/),
      code: 'broken',
      category: 'user_code',
      title: 'It broke',
      description: 'Mend it now',
      createdAt: began,
      lastSeenAt: clock.now().toISOString(),
      eventsCount: 3,
      groupedData: { part: { raw: 'wheel', pretty: 'the wheel' } },
      resolutionLink: null,
    })
    expect([axle?.groupedData, axle?.eventsCount]).toEqual([{ part: { raw: 'axle' } }, 1])
    expect([lost?.code, lost?.category]).toEqual(['lost', 'other'])
    expect((await get<{ issue: BotIssue }>(`/issues/${wheel?.id}`)).issue).toEqual(wheel)
    const { logs } = await get<{ logs: Log[] }>('/logs')
    expect(logs).toHaveLength(5)
    expect(logs.at(-1)).toMatchObject({ level: 'error', conversationId: 'conv_1' })
  })

  test('show the latest times they came up, newest first, and no more than a hundred', async () => {
    for (let batch = 0; batch < 3; batch++) await report(...Array.from({ length: 60 }, () => failure()))
    await report(failure({ data: { part: { raw: 'wheel' }, last: { raw: 'yes' } } }))
    const [issue] = await issues()
    if (!issue) throw new Error('There is none.')
    expect(issue.eventsCount).toBe(181)
    const shown = await events(issue)
    expect(shown).toHaveLength(100)
    expect(shown[0]).toMatchObject({ createdAt: clock.now().toISOString(), data: { last: { raw: 'yes' } } })
    expect(await api.platform.db.prisma.botIssueEvent.count({ where: { botId } })).toBeLessThanOrEqual(160)
  })

  test('count a failure once, however often and by however many at once it is reported', async () => {
    const one = failure()
    await Promise.all(Array.from({ length: 8 }, () => report(one, failure())))
    await report(one)
    const [issue] = await issues()
    expect(issue?.eventsCount).toBe(9)
    expect(issue && (await events(issue))).toHaveLength(9)
  })

  test('count exactly while many report many kinds in any order', async () => {
    const parts = ['a', 'b', 'c', 'd', 'e']
    const of = (raw: string) => failure({ data: { part: { raw } } })
    await Promise.all(Array.from({ length: 10 }, (_, n) => report(...(n % 2 ? parts : parts.toReversed()).map(of))))
    expect((await issues()).map(({ eventsCount }) => eventsCount)).toEqual([10, 10, 10, 10, 10])
  })

  test('once deleted are new ones when they come up again, also when both happen at once', async () => {
    await report(failure(), failure())
    const [old] = await issues()
    if (!old) throw new Error('There is none.')
    ok(await remove(old))
    expect((await remove(old)).status).toBe(404)
    expect(await issues()).toEqual([])
    for (let round = 0; round < 5; round++) {
      await report(failure())
      const [before] = await issues()
      if (!before) throw new Error('There is none.')
      await Promise.all([remove(before), report(failure()), report(failure())])
      const [after] = await issues()
      const shown = after ? await events(after) : []
      expect(after?.id).not.toBe(before.id)
      expect(shown).toHaveLength(after?.eventsCount ?? 0)
      if (after) ok(await remove(after))
    }
  })

  test('keep neither secrets nor more than fits, and names and values of any kind', async () => {
    const key = `bp_bak_${'x'.repeat(32)}`
    const huge = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`fact${n}`, { raw: 'é'.repeat(9_000) }]))
    const odd = { '': { raw: '\0\uD800' }, secret: { raw: key }, part: { raw: 'odd' } }
    await report(failure({ data: odd, groupBy: ['part', 'secret'] }), failure({ data: huge, message: '\0' }))
    const all = await issues()
    const strange = all.find(({ groupedData }) => groupedData['part']?.raw === 'odd')
    const big = all.find(({ groupedData }) => !groupedData['part'])
    if (!big || !strange) throw new Error('They are not there.')
    expect(JSON.stringify(await events(strange))).toContain('[redacted]')
    expect(JSON.stringify([strange, await events(strange)])).not.toContain(key)
    const size = Buffer.byteLength(JSON.stringify((await events(big))[0]?.data))
    expect(size).toBeGreaterThan(100_000)
    expect(size).toBeLessThan(130_000)
  })

  test('are gone with their bot, whoever reports meanwhile', async () => {
    const admin = await api.owner()
    await Promise.all([
      deleteBot(admin, botId),
      ...Array.from({ length: 6 }, () => report(failure(), failure({ botId: newUuid() }))),
    ])
    await report(failure())
    const { botIssue, botIssueEvent, botLog } = api.platform.db.prisma
    const where = { botId }
    expect([
      await botIssue.count({ where }),
      await botIssueEvent.count({ where }),
      await botLog.count({ where }),
    ]).toEqual([0, 0, 0])
  })

  test('of one bot are not those of another of the same workspace', async () => {
    await report(failure())
    const [issue] = await issues()
    botId = (await createBot(await api.owner(), {})).id
    expect(await issues()).toEqual([])
    for (const suffix of ['', '/events'])
      expect((await owner.call('GET', `/v1/admin/bots/${botId}/issues/${issue?.id}${suffix}`)).status).toBe(404)
    expect(issue && (await remove(issue)).status).toBe(404)
  })
})
