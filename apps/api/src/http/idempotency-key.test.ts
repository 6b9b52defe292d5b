import { contract, type Operation, takesIdempotencyKey } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { sampleOf } from '../testing/sample.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Thing = { id: string; [field: string]: unknown }

const clock = movingClock()
let api: Awaited<ReturnType<typeof startApi>>
let emulator: Caller
let bot: Caller
let owner: Caller
let user: string
let conversation: string

const thing = ({ body }: Answer, noun: string): Thing => body[noun] as Thing

beforeAll(async () => {
  api = await startApi({ clock })
  emulator = await api.integration()
  bot = await api.bot()
  owner = await api.account('owner')
  user = thing(await emulator.call('POST', '/v1/chat/users', { tags: {} }), 'user').id
  conversation = await aConversation()
})

const aConversation = async () =>
  thing(await emulator.call('POST', '/v1/chat/conversations', { channel: 'channel', tags: {} }), 'conversation').id

/** The same caller, whose requests carry a key. */
const under = (key: string, caller = emulator): Caller => {
  const { authorization = '', ...headers } = caller.headers
  return api.caller(authorization.slice('Bearer '.length), { ...headers, 'idempotency-key': key })
}
const said = (text = 'Hello', where = conversation) => ({
  conversationId: where,
  userId: user,
  type: 'text',
  payload: { text },
  tags: {},
})
const say = (caller: Caller, body: object = said()) => caller.call('POST', '/v1/chat/messages', body)
const countOf = async (id: string) =>
  thing(await bot.call('GET', `/v1/chat/conversations/${id}`), 'conversation')['messageCount']
const WAITING = {
  name: 'test.waiting',
  text: `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
}
const replayed = ({ headers }: Answer) => headers.get('idempotent-replayed')

describe('a POST under a key', () => {
  test('is done once: sent again, it gets the same answer', async () => {
    const where = await aConversation()
    const caller = under(newUuid())
    const first = await say(caller, said('once', where))
    const again = await say(caller, said('once', where))
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect([replayed(first), replayed(again)]).toEqual([null, 'true'])
    expect(await countOf(where)).toBe(1)
    const { body } = await bot.call('GET', `/v1/chat/events?conversationId=${where}`)
    expect(body['events']).toHaveLength(1)
  })

  test('with another body, or to another path, is refused', async () => {
    const caller = under(newUuid())
    await say(caller)
    const another = { code: 409, type: 'AlreadyExists', message: expect.stringMatching(/another request/) }
    expect((await say(caller, said('other'))).body).toMatchObject(another)
    for (const path of ['/v1/chat/messages/get-or-create', '/v1/chat/messages?x=1'])
      expect((await caller.call('POST', path, said())).body).toMatchObject(another)
    expect(replayed(await say(caller))).toBe('true')
  })

  test('is its caller’s own, in the bot and as the integration that is acting', async () => {
    const key = newUuid()
    const { authorization = '', 'x-bot-id': botId = '' } = owner.headers
    const integrationId = emulator.headers['x-integration-id'] ?? ''
    const asIntegration = api.caller(authorization.slice('Bearer '.length), {
      'x-bot-id': botId,
      'x-integration-id': integrationId,
    })
    const neighbour = await api.neighbour()
    const callers = [emulator, bot, owner, asIntegration, neighbour.asOwner, neighbour.asIntegration]
    const make = (caller: Caller) => under(key, caller).call('POST', '/v1/chat/users', { tags: {} })
    const answers = []
    for (const caller of callers) answers.push(await make(caller))
    expect(answers.map(replayed)).toEqual(callers.map(() => null))
    expect(new Set(answers.map((answer) => thing(answer, 'user').id)).size).toBe(callers.length)
    expect(replayed(await make(bot))).toBe('true')
  })

  test('that comes while the first is running is refused, and answered when that is done', async () => {
    const where = await aConversation()
    const caller = under(newUuid())
    const { db } = api.platform
    const [running] = await db.atomically(async (rows) => {
      await rows({ name: 'test.hold', text: 'select from conversations where id = $1 for update' }, [where])
      const first = say(caller, said('slow', where))
      await expect.poll(() => db.rows(WAITING, []), { timeout: 10_000 }).toHaveLength(1)
      expect((await say(caller, said('slow', where))).body).toMatchObject({ code: 409, type: 'ResourceLockedConflict' })
      return [first]
    })
    const answer = await running
    expect(answer.status).toBe(201)
    expect((await say(caller, said('slow', where))).body).toEqual(answer.body)
    expect(await countOf(where)).toBe(1)
  })

  test('is heard of by whoever waits for news when it is there, and not before', async () => {
    const where = await aConversation()
    const { db, doorbell } = api.platform
    const counts: Promise<unknown>[] = []
    const deaf = await doorbell.listen(() => counts.push(countOf(where)))
    const [running] = await db.atomically(async (rows) => {
      await rows({ name: 'test.hold-keys', text: 'lock table idempotency_keys in share mode' }, [])
      const first = say(under(newUuid()), said('news', where))
      await expect.poll(() => db.rows(WAITING, []), { timeout: 10_000 }).toHaveLength(1)
      return [first]
    })
    expect((await running).status).toBe(201)
    await expect.poll(() => counts.length, { timeout: 10_000 }).toBeGreaterThan(0)
    deaf()
    expect(await counts[0]).toBe(1)
  })

  test('sent by many at once is done once, and whoever is answered gets the same', async () => {
    const where = await aConversation()
    const caller = under(newUuid())
    const answers = await Promise.all(Array.from({ length: 50 }, () => say(caller, said('many', where))))
    const done = answers.filter(({ status }) => status === 201)
    expect(new Set(done.map((answer) => thing(answer, 'message').id)).size).toBe(1)
    for (const { status, body } of answers)
      if (status !== 201) expect(body).toMatchObject({ code: 409, type: 'ResourceLockedConflict' })
    expect(await countOf(where)).toBe(1)
  })
})

describe('a key stays free', () => {
  test('when the request is not valid', async () => {
    const caller = under(newUuid())
    expect((await say(caller, {})).status).toBe(400)
    expect((await caller.call('POST', '/v1/chat/messages', '{')).status).toBe(400)
    expect((await say(caller)).status).toBe(201)
  })

  test('when the request is refused, whatever it did before that', async () => {
    const key = newUuid()
    const version = { name: `v${key.slice(0, 8)}`, version: '1.0.0' }
    const make = (caller: Caller, one: object) => caller.call('POST', '/v1/admin/integrations', one)
    expect((await make(owner, version)).status).toBe(200)
    expect((await make(under(key, owner), version)).body).toMatchObject({ code: 409, type: 'AlreadyExists' })
    const other = await make(under(key, owner), { ...version, version: '1.0.1' })
    expect([other.status, replayed(other)]).toEqual([200, null])
    const caller = under(newUuid())
    const nowhere = 'conv_01J00000000000000000000000'
    expect((await say(caller, said('lost', nowhere))).body).toMatchObject({ type: 'ReferenceNotFound' })
    expect((await say(caller)).status).toBe(201)
  })

  test('when the database gave up on it', async () => {
    const where = await aConversation()
    const caller = under(newUuid())
    const { db } = api.platform
    const broken = await db.atomically(async (rows) => {
      await rows({ name: 'test.hold', text: 'select from conversations where id = $1 for update' }, [where])
      const running = say(caller, said('cut', where))
      await expect.poll(() => db.rows(WAITING, []), { timeout: 10_000 }).toHaveLength(1)
      await db.rows({ name: 'test.cut', text: `select pg_terminate_backend(pid) from (${WAITING.text}) one` }, [])
      return running
    })
    expect(broken.status).toBe(503)
    const again = await say(caller, said('cut', where))
    expect([again.status, replayed(again)]).toEqual([201, null])
    expect(await countOf(where)).toBe(1)
  })

  test('again after a day', async () => {
    const where = await aConversation()
    const caller = under(newUuid())
    const { body } = await say(caller, said('daily', where))
    clock.advance(24 * 60 * 60 * 1000 - 1)
    expect((await say(caller, said('daily', where))).body).toEqual(body)
    clock.advance(1)
    expect(replayed(await say(caller, said('daily', where)))).toBeNull()
    expect(replayed(await say(caller, said('daily', where)))).toBe('true')
    expect(await countOf(where)).toBe(2)
  })
})

test('an answer that shows a token shows the same one again, and no row holds it', async () => {
  const key = newUuid()
  for (const [path, body, field] of [
    ['/v1/admin/bots/baks', { botId: api.home.botId }, undefined],
    ['/v1/admin/account/pats', { note: 'laptop' }, 'pat'],
  ] as const) {
    const ask = async () => {
      const answer = await under(key + path, owner).call('POST', path, body)
      expect(answer.status).toBe(200)
      return (field ? answer.body[field] : answer.body) as { value: string }
    }
    const { value } = await ask()
    expect((await ask()).value).toBe(value)
    const dump = await api.platform.db.rows<{ row: string }>(
      { name: 'test.dump', text: 'select k::text as row from idempotency_keys k where key = $1' },
      [key + path],
    )
    expect(dump).toHaveLength(1)
    expect(dump[0]?.row).not.toContain(Buffer.from(value).toString('hex'))
    const caller = api.caller(value, { 'x-bot-id': api.home.botId })
    expect((await caller.call('GET', '/v1/chat/users')).status).toBe(200)
  }
})

test('administration is done once as well', async () => {
  const name = newUuid()
  const make = () => under(name, owner).call('POST', '/v1/admin/bots', { name })
  const [first, ...others] = [await make(), await make(), await make()]
  for (const other of others) expect(other.body).toEqual(first?.body)
  expect(await api.platform.db.prisma.bot.count({ where: { name } })).toBe(1)
})

test('a key has at most 255 characters', async () => {
  expect((await say(under('k'.repeat(255)))).status).toBe(201)
  expect((await say(under('k'.repeat(256)))).body).toMatchObject({
    code: 400,
    type: 'InvalidPayload',
    metadata: { field: 'idempotency-key' },
  })
})

const posts = Object.values(contract)
  .flatMap((group) => Object.entries(group as Record<string, Operation>))
  .filter(([, operation]) => takesIdempotencyKey(operation))
  // Who is gone asks for nothing again.
  .filter(([id]) => id !== 'deleteAccount')

test.each(posts)(
  '%s fares under a key as without one, and when it succeeds it is not done again',
  async (_, operation) => {
    const path = operation.path.replace(':type', 'bot').replaceAll(/:\w+/g, api.home.botId)
    const body = operation.body && sampleOf(operation.body)
    const key = newUuid()
    const plain = await owner.call('POST', path, body)
    const [first, again] = [
      await under(key, owner).call('POST', path, body),
      await under(key, owner).call('POST', path, body),
    ]
    expect([first.status, again.status]).toEqual([plain.status, plain.status])
    expect(replayed(again)).toBe(plain.status < 300 ? 'true' : null)
  },
)

test('only a POST has a key', async () => {
  const key = newUuid()
  const change = (name: string) => under(key).call('PUT', `/v1/chat/users/${user}`, { name })
  expect(thing(await change('Ann'), 'user')['name']).toBe('Ann')
  expect(thing(await change('Bob'), 'user')['name']).toBe('Bob')
  expect((await under(key).call('GET', '/v1/chat/users')).status).toBe(200)
})

test('a browser may send a key, and see that an answer is an old one', async () => {
  const origin = 'https://example.com'
  const asked = await fetch(`${api.url}/v1/chat/messages`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key,x-bot-id',
    },
  })
  expect(asked.headers.get('access-control-allow-headers')).toContain('idempotency-key')
  const answer = await under(newUuid(), api.caller('x', { ...emulator.headers, origin })).call('GET', '/v1/chat/users')
  expect(answer.headers.get('access-control-expose-headers')).toContain('idempotent-replayed')
})
