import type { Bot, BotSummary } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

const botIn = ({ status, body }: Answer): Bot => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['bot'] as Bot
}
const make = async (input: object = {}, caller = owner) => botIn(await caller.call('POST', '/v1/admin/bots', input))
const read = async (id: string, caller = owner) => botIn(await caller.call('GET', `/v1/admin/bots/${id}`))
const change = (id: string, changes: object, caller = owner) => caller.call('PUT', `/v1/admin/bots/${id}`, changes)

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

describe('a new bot', () => {
  test('has an id, a name and a whole, empty definition even when nothing is said about it', async () => {
    const bot = await make()
    expect(bot.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(bot.name).not.toBe('')
    expect(bot).toMatchObject({ dev: false, status: 'active', alwaysAlive: false, secrets: [], plugins: {}, tags: {} })
    expect(bot.configuration).toEqual({
      data: {},
      schema: { type: 'object', properties: {}, additionalProperties: false },
    })
    expect(bot.subscriptions).toEqual({ events: null })
    expect(bot.deployedAt).toBeUndefined()
    expect(await read(bot.id)).toEqual(bot)
  })

  test('is a user of its own conversations, under its own id', async () => {
    const bot = await make({ name: 'Ada' })
    const key = await api.bot(bot.id)
    expect((await key.call('GET', `/v1/chat/users/${bot.id}`)).body['user']).toMatchObject({ id: bot.id, name: 'Ada' })
  })

  test('says when its code was deployed, and does not show the code', async () => {
    const bot = await make({ code: 'module.exports = {}' })
    expect(bot.deployedAt).toBe(bot.createdAt)
    expect(JSON.stringify(bot)).not.toContain('module.exports')
  })
})

describe('a change', () => {
  test('removes what is null, keeps what is not mentioned, replaces what is given, in the order it came in', async () => {
    const schema = { type: 'object', properties: { z: {}, a: {} } }
    const { id } = await make({
      tags: { team: 'blue', stage: 'test' },
      user: { tags: { vip: {}, old: {} } },
      states: { memory: { type: 'user', schema }, gone: { type: 'bot', schema } },
      events: { tick: { schema } },
      actions: { add: { input: { schema }, output: { schema } } },
      secrets: { API_KEY: 'k', OLD_KEY: 'o' },
    })
    const bot = botIn(
      await change(id, {
        tags: { team: '', stage: null, owner: 'ann' },
        user: { tags: { old: null, fresh: {} } },
        states: { gone: null },
        actions: { 'plugin#add': { input: { schema }, output: { schema } } },
        secrets: { OLD_KEY: null, NEW_KEY: 'n' },
        configuration: { schema: { type: 'object' }, data: { colour: 'red' } },
      }),
    )
    expect(bot.tags).toEqual({ owner: 'ann' })
    expect(Object.keys(bot.user.tags)).toEqual(['vip', 'fresh'])
    expect(Object.keys(bot.states)).toEqual(['memory'])
    expect(Object.keys(bot.events)).toEqual(['tick'])
    expect(Object.keys(bot.actions)).toEqual(['add', 'plugin#add'])
    expect(Object.keys(bot.events['tick']?.schema['properties'] ?? {})).toEqual(['z', 'a'])
    expect(bot.secrets).toEqual(['API_KEY', 'NEW_KEY'])
    expect(bot.configuration.data).toEqual({ colour: 'red' })
    expect(await read(id)).toEqual(bot)
    expect(botIn(await change(id, {}))).toEqual({ ...bot, updatedAt: expect.any(String) })
  })

  test('of forty at once loses nothing', async () => {
    const { id } = await make()
    const names = Array.from({ length: 40 }, (_, n) => `event${n}`)
    const answers = await Promise.all(names.map((name) => change(id, { events: { [name]: { schema: {} } } })))
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200))
    expect(Object.keys((await read(id)).events).toSorted()).toEqual(names.toSorted())
  })

  test('takes effect in the very next request of the chat API', async () => {
    const { id } = await make()
    const key = await api.bot(id)
    const state = { payload: { on: true } }
    expect((await key.call('POST', `/v1/chat/states/bot/${id}/settings`, state)).status).toBe(400)
    await change(id, { states: { settings: { type: 'bot', schema: {} } } })
    expect((await key.call('POST', `/v1/chat/states/bot/${id}/settings`, state)).status).toBe(200)
  })

  test('that is refused changes nothing at all', async () => {
    const bot = await make()
    const emulator = { integrationId: api.home.emulatorIntegrationId, enabled: true }
    const answer = await change(bot.id, {
      name: 'other',
      integrations: { emulator, ghost: { integrationId: newUuid() } },
    })
    expectRefusal(answer, 400, 'ReferenceNotFound', /integrations\.ghost\.integrationId/)
    expect(await read(bot.id)).toEqual(bot)
  })

  test.each([
    [{ states: { a: { type: 'user', schema: { type: 'nonsense' } } } }, 'InvalidJsonSchema', /^states\.a\.schema/],
    [{ events: { a: { schema: { $ref: '#/none' } } } }, 'InvalidJsonSchema', /^events\.a\.schema/],
    [
      { actions: { a: { input: { schema: { type: 1 } }, output: { schema: {} } } } },
      'InvalidJsonSchema',
      /^actions\.a\.input/,
    ],
    [{ configuration: { schema: { required: 1 } } }, 'InvalidJsonSchema', /^configuration\.schema/],
    [{ configuration: { data: { extra: 1 } } }, 'InvalidDataFormat', /^configuration\.data/],
    [
      { recurringEvents: { a: { type: 'a', payload: {}, schedule: { cron: '* * * *' } } } },
      'InvalidPayload',
      /^recurringEvents\.a\.schedule\.cron.*five/,
    ],
    [
      { recurringEvents: { a: { type: 'a', payload: {}, schedule: { cron: '61 * * * *' } } } },
      'InvalidPayload',
      /^recurringEvents\.a\.schedule\.cron/,
    ],
    [{ states: { a: { type: 'user', schema: {}, expiry: 1.5 } } }, 'InvalidPayload', /^states\.a\.expiry/],
    [{ events: { 'a b': { schema: {} } } }, 'InvalidIdentifier', /^events\.a b/],
    [{ url: 'http://127.0.0.1:8075' }, 'InvalidPayload', /^url.*development/],
    [{ maxExecutionTime: 0 }, 'InvalidPayload', /^maxExecutionTime/],
    [{ plugins: { hitl: { id: 'plugin_x' } } }, 'ReferenceNotFound', /^plugins\.hitl\.id/],
  ])('%j is refused as %s, by its path', async (changes, type, message) => {
    expectRefusal(await change(api.home.botId, changes), 400, type, message)
  })

  test.each([
    [
      'recurringEvents',
      51,
      (n: number) => ({ [`e${n}`]: { type: 'e', payload: {}, schedule: { cron: '0 * * * *' } } }),
    ],
    ['states', 21, (n: number) => ({ [`s${n}`]: { type: 'user', schema: {} } })],
    ['secrets', 26, (n: number) => ({ [`S${n}`]: 'x' })],
  ])('more %s than the limit allows are refused with limit, maximum and number', async (field, count, one) => {
    const things = Object.assign({}, ...Array.from({ length: count }, (_, n) => one(n))) as object
    const answer = await change(api.home.botId, { [field]: things })
    expectRefusal(answer, 413, 'LimitExceeded', /limit/)
    expect(answer.body['metadata']).toEqual({ limit: expect.any(String), max: count - 1, actual: count })
  })

  test('accepts plugins that are taken away: there are none', async () => {
    expect(botIn(await change(api.home.botId, { plugins: { hitl: null } })).plugins).toEqual({})
  })

  test('sets the url of a development bot, and takes it away', async () => {
    const { id } = await make({ dev: true, url: 'http://127.0.0.1:8075' })
    expect((await change(id, { url: 'http://127.0.0.1:8076' })).status).toBe(200)
    expect((await change(id, { url: null })).status).toBe(200)
  })
})

describe('secrets', () => {
  test('are stored encrypted: neither values nor configuration can be read in the database', async () => {
    const { id, signingSecret } = await make({
      secrets: { CANARY: 'canary-of-secrets' },
      configuration: { schema: {}, data: { password: 'canary-of-configuration' } },
    })
    const rows = await api.platform.db.rows<{ row: string }>(
      { name: 'test.row', text: 'select b::text as row from bots b where id = $1' },
      [id],
    )
    const text = rows[0]?.row ?? ''
    expect(text).toContain(id)
    for (const secret of ['canary-of-secrets', 'canary-of-configuration', signingSecret]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })

  test('for signing are shown to those who may change the bot and to the bot, not to those who look on', async () => {
    const { id, signingSecret } = await make()
    expect(signingSecret).toMatch(/^[0-9a-f]{64}$/)
    expect((await read(id, await api.account('developer'))).signingSecret).toBe(signingSecret)
    expect((await read(id, await api.bot(id))).signingSecret).toBe(signingSecret)
    expect((await read(id, await api.account('viewer'))).signingSecret).toBe('')
  })
})

test('a bot reads itself, and no other bot of its workspace', async () => {
  const [one, other] = [await make(), await make()]
  const key = await api.bot(one.id)
  expect((await read(one.id, key)).id).toBe(one.id)
  expectRefusal(await key.call('GET', `/v1/admin/bots/${other.id}`), 404, 'ResourceNotFound', /not found/)
})

describe('deleting a bot', () => {
  const TABLES = ['users', 'conversations', 'participants', 'messages', 'events', 'states', 'tags', 'installations']
  const left = async (botId: string) => {
    const text = TABLES.map((table) => `select '${table}' as t, count(*)::int as n from ${table} where bot_id = $1`)
    const name = 'test.left'
    const rows = await api.platform.db.rows<{ t: string; n: number }>({ name, text: text.join(' union all ') }, [botId])
    return Object.fromEntries(rows.map(({ t, n }) => [t, n]))
  }
  const inhabited = async () => {
    const { id } = await make({
      states: { settings: { type: 'bot', schema: {} } },
      integrations: {},
    })
    const emulator = { integrationId: api.home.emulatorIntegrationId, enabled: true }
    botIn(await change(id, { integrations: { emulator } }))
    const integration = await api.integration(api.home.emulatorIntegrationId, id)
    const said = async () => {
      const user = (await integration.call('POST', '/v1/chat/users', { tags: { id: newUuid() } })).body['user']
      const conversation = (
        await integration.call('POST', '/v1/chat/conversations', { channel: 'channel', tags: { id: newUuid() } })
      ).body['conversation']
      const { id: userId } = user as { id: string }
      const { id: conversationId } = conversation as { id: string }
      const message = { userId, conversationId, type: 'text', payload: {}, tags: { id: newUuid() } }
      return { message, answer: await integration.call('POST', '/v1/chat/messages', message) }
    }
    const { message } = await said()
    await (await api.bot(id)).call('POST', `/v1/chat/states/bot/${id}/settings`, { payload: {} })
    return { id, integration, message }
  }

  test('leaves nothing of it behind', async () => {
    const { id } = await inhabited()
    expect(Object.values(await left(id)).every((count) => count > 0)).toBe(true)
    expect((await owner.call('DELETE', `/v1/admin/bots/${id}`)).status).toBe(200)
    expect(await left(id)).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])))
    expectRefusal(await owner.call('GET', `/v1/admin/bots/${id}`), 404, 'ResourceNotFound', /not found/)
  })

  test('while others write into it ends well for everybody', async () => {
    const { id, integration, message } = await inhabited()
    const writers = Array.from({ length: 30 }, () => integration.call('POST', '/v1/chat/messages', message))
    const [deleted, ...written] = await Promise.all([owner.call('DELETE', `/v1/admin/bots/${id}`), ...writers])
    expect(deleted.status).toBe(200)
    expect(written.filter(({ status }) => status >= 500)).toEqual([])
  })

  test('is for its maker and for managers, not for other developers', async () => {
    const [ann, bob, manager] = [
      await api.account('developer'),
      await api.account('developer'),
      await api.account('manager'),
    ]
    const [first, second] = [await make({}, ann), await make({}, ann)]
    expectRefusal(await bob.call('DELETE', `/v1/admin/bots/${first.id}`), 403, 'Forbidden', /manager/)
    expect((await ann.call('DELETE', `/v1/admin/bots/${first.id}`)).status).toBe(200)
    expect((await manager.call('DELETE', `/v1/admin/bots/${second.id}`)).status).toBe(200)
  })
})

describe('the list', () => {
  const walk = async (query: string) => {
    const seen: BotSummary[] = []
    let token = ''
    do {
      const answer = await owner.call('GET', `/v1/admin/bots?${query}${token ? `&nextToken=${token}` : ''}`)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      seen.push(...(answer.body['bots'] as BotSummary[]))
      token = (answer.body['meta'] as { nextToken?: string }).nextToken ?? ''
    } while (token)
    return seen.map(({ name }) => name)
  }

  beforeAll(async () => {
    for (const n of [1, 2, 3, 4, 5]) await make({ name: `listed${n}`, tags: { list: 'yes', odd: String(n % 2) } })
    await make({ name: 'listed on a laptop', dev: true, tags: { list: 'yes' } })
  })

  test('is newest first, page by page, each bot once', async () => {
    expect(await walk('tags.list=yes&pageSize=2')).toEqual(['listed5', 'listed4', 'listed3', 'listed2', 'listed1'])
    expect(await walk('tags.list=yes&pageSize=2&sortDirection=asc')).toEqual([
      'listed1',
      'listed2',
      'listed3',
      'listed4',
      'listed5',
    ])
  })

  test('goes by the last change where asked to', async () => {
    const bots = (await owner.call('GET', '/v1/admin/bots?tags.list=yes')).body['bots'] as BotSummary[]
    const third = bots.find(({ name }) => name === 'listed3')
    await change(third?.id ?? '', { description: 'touched' })
    expect((await walk('tags.list=yes&pageSize=2&sortField=updatedAt'))[0]).toBe('listed3')
  })

  test('shows development bots only where asked for, and then only them', async () => {
    expect(await walk('tags.list=yes&dev=true')).toEqual(['listed on a laptop'])
    expect(await walk('tags.list=yes&dev=false')).not.toContain('listed on a laptop')
  })

  test('holds those with all the tags, and those that have all the integrations', async () => {
    expect(await walk('tags.list=yes&tags.odd=0')).toEqual(['listed4', 'listed2'])
    expect(await walk('integrationNames=emulator')).toContain('demo')
    expect(await walk('integrationNames=emulator&integrationNames=slack')).toEqual([])
  })

  test('refuses the token of a list with another filter', async () => {
    const { body } = await owner.call('GET', '/v1/admin/bots?tags.list=yes&pageSize=2')
    const { nextToken } = body['meta'] as { nextToken: string }
    const answer = await owner.call('GET', `/v1/admin/bots?pageSize=2&nextToken=${nextToken}`)
    expectRefusal(answer, 400, 'InvalidQuery', /nextToken/)
  })
})
