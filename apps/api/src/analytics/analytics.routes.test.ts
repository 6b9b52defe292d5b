import { beforeAll, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

const clock = movingClock('2026-03-01T23:59:59.999Z')
let api: Awaited<ReturnType<typeof startApi>>
let bot: Caller
let emulator: Caller

beforeAll(async () => {
  api = await startApi({ clock })
  bot = await api.bot()
  emulator = await api.integration()
})

const track = (caller: Caller, name: string, count: number | string) =>
  caller.call('POST', '/v1/chat/analytics', { name, count })

const counted = (name: string, botId = api.home.botId) =>
  api.platform.db.rows<{ day: string; count: string }>(
    {
      name: 'test.counted',
      text: 'select day::text, count from analytics_counts where bot_id = $1 and name = $2 order by day',
    },
    [botId, name],
  )

test('what bot and integration count under one name adds up, in one row for each day', async () => {
  expect(await track(bot, 'sale', 2)).toMatchObject({ status: 200, body: {} })
  await track(emulator, 'sale', 40)
  clock.advance(1)
  await track(bot, 'sale', 1)
  expect(await counted('sale')).toEqual([
    { day: '2026-03-01', count: '42' },
    { day: '2026-03-02', count: '1' },
  ])
})

test('many who count at once lose nothing and make no rows', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => track(bot, 'click', 1)))
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  expect(await counted('click')).toMatchObject([{ count: '100' }])
})

test('a count is a whole number from one, under a name', async () => {
  for (const [name, count, field] of [
    ['x', 0, 'count'],
    ['x', -1, 'count'],
    ['x', 1.5, 'count'],
    ['x', '1', 'count'],
    ['', 1, 'name'],
    ['x'.repeat(201), 1, 'name'],
  ] as const)
    expect((await track(bot, name, count)).body).toMatchObject({
      code: 400,
      type: 'InvalidPayload',
      metadata: { field },
    })
  expect(await counted('x')).toEqual([])
})

test('a sum no column can hold is refused, and stays what it was', async () => {
  const most = Number.MAX_SAFE_INTEGER
  for (let n = 0; n < 1024; n += 128) await Promise.all(Array.from({ length: 128 }, () => track(bot, 'much', most)))
  const [before] = await counted('much')
  expect((await track(bot, 'much', most)).body).toMatchObject({ code: 400, type: 'InvalidPayload' })
  expect(await counted('much')).toEqual([before])
})

test('another bot counts for itself', async () => {
  const { asIntegration, botId } = await api.neighbour()
  await track(asIntegration, 'own', 3)
  expect(await counted('own', botId)).toMatchObject([{ count: '3' }])
  expect(await counted('own')).toEqual([])
})
