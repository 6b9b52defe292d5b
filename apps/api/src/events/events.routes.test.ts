import { beforeAll, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

type Event = { id: string; type: string; status: string }

const clock = movingClock()
let emulator: Caller
let bot: Caller

beforeAll(async () => {
  const api = await startApi({ clock })
  emulator = await api.integration()
  bot = await api.bot()
})

const create = async (change: object = {}): Promise<Event> => {
  const { body } = await emulator.call('POST', '/v1/chat/events', { type: 'custom', payload: { a: 1 }, ...change })
  expect(body, JSON.stringify(body)).toHaveProperty('event')
  return body['event'] as Event
}
const statusOf = async (id: string) => ((await bot.call('GET', `/v1/chat/events/${id}`)).body['event'] as Event).status

test('an integration says the bare type, the bot reads whose it is', async () => {
  const { id, type } = await create()
  expect(type).toBe('custom')
  expect((await bot.call('GET', `/v1/chat/events/${id}`)).body).toMatchObject({ event: { type: 'emulator:custom' } })
  const listed = (await bot.call('GET', '/v1/chat/events?type=emulator:custom')).body['events'] as Event[]
  expect(listed.map((event) => event.id)).toContain(id)
  expect((await bot.call('GET', '/v1/chat/events?type=custom')).body['events']).toEqual([])
})

test('a type nobody declared is refused, listing those that are', async () => {
  const { body } = await emulator.call('POST', '/v1/chat/events', { type: 'nonsense', payload: {} })
  expect(body).toMatchObject({ code: 400, type: 'InvalidPayload', message: expect.stringMatching(/nonsense.*custom/) })
})

test.each(['conversationId', 'userId', 'messageId', 'workflowId'])(
  'a %s that leads nowhere is refused',
  async (field) => {
    const { body } = await emulator.call('POST', '/v1/chat/events', {
      type: 'custom',
      payload: {},
      [field]: 'x'.repeat(30),
    })
    expect(body).toMatchObject({ code: 400, type: 'ReferenceNotFound', metadata: { field } })
  },
)

test('a schedule in the past means at once, one more than a year ahead is refused', async () => {
  const at = (ms: number) => ({ schedule: { dateTime: new Date(clock.now().getTime() + ms).toISOString() } })
  expect((await create(at(-1))).status).toBe('pending')
  expect((await create(at(60_000))).status).toBe('scheduled')
  const far = { type: 'custom', payload: {}, ...at(400 * 24 * 60 * 60 * 1000) }
  expect((await emulator.call('POST', '/v1/chat/events', far)).body).toMatchObject({
    code: 400,
    message: expect.stringMatching(/year/),
  })
})

test('only a scheduled event can be canceled, and only once, however many try', async () => {
  const { id } = await create({ schedule: { delay: 60_000 } })
  const tries = await Promise.all(
    Array.from({ length: 10 }, () => emulator.call('DELETE', `/v1/chat/events/scheduled/${id}`)),
  )
  expect(tries.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
  expect(await statusOf(id)).toBe('canceled')
  const { id: pending } = await create()
  expect((await bot.call('DELETE', `/v1/chat/events/scheduled/${pending}`)).body).toMatchObject({
    type: 'RelationConflict',
  })
  expect(await statusOf(pending)).toBe('pending')
})
