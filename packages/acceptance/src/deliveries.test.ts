import type { Delivery, DeliveryAttempt } from '@understudy/contract'
import { accept, listen, receiver } from '@understudy/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleIn } from './journey.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const CLIENT = '1.45.0'

let server: Understudy
let home: Awaited<ReturnType<typeof settleIn>>
let bot: Awaited<ReturnType<typeof receiver>>
let say: (text: string) => Promise<unknown>
beforeAll(async () => {
  server = await startUnderstudy(undefined, { UNDERSTUDY_TEST_CLOCK: 'on' })
  const parrot = await receiver()
  bot = await receiver()
  home = await settleIn(CLIENT, server.place, { bot: bot.url, integration: parrot.url })
  const { user } = await home.parrot.createUser({ tags: { id: 'ann' } })
  const { conversation } = await home.parrot.createConversation({ channel: 'room', tags: {} })
  const said = { userId: user.id, conversationId: conversation.id, type: 'text', tags: {} }
  say = (text) => home.parrot.createMessage({ ...said, payload: { text } })
})
afterAll(() => server.stop())

const headers = () => ({ authorization: `Bearer ${server.place.token}`, 'x-bot-id': home.botId })

const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const answer = await fetch(`${server.place.url}/_understudy${path}`, {
    method,
    headers: { ...headers(), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as T
}
const list = async (filter = '') => (await call<{ deliveries: Delivery[] }>('GET', `/deliveries${filter}`)).deliveries

describe('deliveries', () => {
  test('are listed with what became of them, and show each attempt without its secrets', async () => {
    bot.behave((_call, response) => void response.writeHead(500, { 'set-cookie': 'a=b' }).end('{"message":"Oh no"}'))
    await say('Hello')
    await expect.poll(() => list('?status=retrying')).toHaveLength(1)
    const [waiting] = await list()
    expect(waiting).toMatchObject({ target: 'bot', type: 'message_created', attempts: 1, failures: 1 })
    bot.behave(accept)
    await expect.poll(() => list('?status=delivered')).toHaveLength(1)

    const { attempts } = await call<{ attempts: DeliveryAttempt[] }>('GET', `/deliveries/${waiting?.id}`)
    expect(attempts.map(({ number, outcome, reason }) => [number, outcome, reason])).toEqual([
      [1, 'failed', 'The bot answered 500: Oh no'],
      [2, 'delivered', null],
    ])
    expect(attempts[0]).toMatchObject({
      request: { url: bot.url, headers: { 'x-bot-id': home.botId, 'x-bp-configuration': '[redacted]' } },
      response: { status: 500, headers: { 'set-cookie': '[redacted]' }, body: '{"message":"Oh no"}' },
    })
    expect(JSON.parse(attempts[0]?.request.body ?? '')).toMatchObject({ event: { id: waiting?.id } })
  })

  test('can be repeated under the same id, but not while they are under way', async () => {
    const [done] = await list('?status=delivered')
    let release = (): void => {}
    bot.behave((_call, response) => {
      release = () => void response.end('{}')
    })
    const before = bot.heard.length
    await call('POST', `/deliveries/${done?.id}/redeliver`)
    await expect.poll(() => bot.heard.length).toBe(before + 1)
    expect(bot.heard.at(-1)?.body).toMatchObject({ event: { id: done?.id } })
    const again = await fetch(`${server.place.url}/_understudy/deliveries/${done?.id}/redeliver`, {
      method: 'POST',
      headers: headers(),
    })
    expect([again.status, ((await again.json()) as { type: string }).type]).toEqual([409, 'RelationConflict'])
    release()
    bot.behave(accept)
  })

  test('can be watched as something becomes of them', async () => {
    const watched = await listen(`${server.place.url}/_understudy/deliveries/stream?status=delivered`, headers())
    await say('Anybody there?')
    const [newest] = await list()
    await expect
      .poll(() => watched.events.map(({ data }) => data))
      .toContainEqual(expect.objectContaining({ id: newest?.id, status: 'delivered' }))
    watched.hangUp()
  })
})

describe('the time of bots', () => {
  const day = 24 * 60 * 60 * 1000

  test('can be frozen: nothing comes due. Thirty days later everything has come, in the order of its times', async () => {
    const hourly = { type: 'wakeUp', payload: { every: 'hour' }, schedule: { cron: '0 * * * *' } }
    await home.admin.updateBot({ id: home.botId, recurringEvents: { hourly } })
    await call('POST', '/clock/freeze', {})
    const heardBefore = bot.heard.length
    const later = async (days: number) =>
      (await home.bot.createEvent({ type: 'wakeUp', payload: { days }, schedule: { delay: days * day } })).event
    await later(20)
    const canceled = await later(10)
    await later(2)
    await later(31)
    await home.bot.cancelScheduledEvent({ id: canceled.id })
    await home.bot.setState({ type: 'bot', id: home.botId, name: 'settings', payload: {}, expiry: 5 * day })
    expect(await list('?status=scheduled')).toHaveLength(3)

    const answer = await call<{ isFrozen: boolean; isSettled: boolean }>('POST', '/clock/advance', { by: 30 * day })
    expect(answer).toMatchObject({ isFrozen: true, isSettled: true })
    const heard = bot.heard.slice(heardBefore).map(({ body }) => body['event'] as { type: string; payload: object })
    const woken = heard.filter(({ type }) => type === 'wakeUp').map(({ payload }) => payload)
    expect(woken.filter((payload) => 'days' in payload)).toEqual([{ days: 2 }, { days: 20 }])
    // Of 720 moments that were passed.
    expect(woken.filter((payload) => 'every' in payload)).toEqual([{ every: 'hour' }])
    await home.admin.updateBot({ id: home.botId, recurringEvents: { hourly: null } })
    expect(heard.filter(({ type }) => type === 'state_expired')).toHaveLength(1)
    expect((await home.bot.getEvent({ id: canceled.id })).event.status).toBe('canceled')
  })

  test('ninety days after the last of it nothing is left of what was said', async () => {
    for (const days of [2, 91])
      expect(await call('POST', '/clock/advance', { by: days * day })).toMatchObject({ isSettled: true })
    expect(await list()).toEqual([])
    expect((await home.bot.listEvents({})).events).toEqual([])
    expect((await home.bot.listConversations({})).conversations).toEqual([])
  })

  test('goes on from where it stands, or from the machine’s', async () => {
    const { now } = await call<{ now: string }>('POST', '/clock/resume', {})
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(29 * day)
    const { event } = await home.bot.createEvent({ type: 'wakeUp', payload: {} })
    expect(Date.parse(event.createdAt)).toBeGreaterThanOrEqual(Date.parse(now))
    const back = await call<{ now: string; isFrozen: boolean }>('POST', '/clock/resume', { reset: true })
    expect(back.isFrozen).toBe(false)
    expect(Math.abs(Date.parse(back.now) - Date.now())).toBeLessThan(60_000)
  })
})
