import { createIntegration, type WorkspaceContext } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Bot = Record<string, unknown> & {
  id: string
  integrations: Record<
    string,
    { id: string; enabled: boolean; status: string; configuration: object; webhookId: string }
  >
}

let api: Awaited<ReturnType<typeof startApi>>
let admin: WorkspaceContext
let developer: Caller
let byAlias: Caller

const schema = { type: 'object', properties: { volume: { type: 'number' } }, additionalProperties: false }

beforeAll(async () => {
  api = await startApi()
  admin = await api.owner()
  developer = await api.account('developer')
  byAlias = await api.account('developer', { 'x-multiple-integrations': 'true' })
})

const botIn = ({ body }: Answer): Bot => {
  expect(body, JSON.stringify(body)).toHaveProperty('bot')
  return body['bot'] as Bot
}
const newBot = async (body: object = {}, caller = byAlias): Promise<string> =>
  botIn(await caller.call('POST', '/v1/admin/bots', body)).id
const update = (id: string, body: object, caller = byAlias) => caller.call('PUT', `/v1/admin/bots/${id}`, body)

const parrot = (version: string, change: object = {}) =>
  createIntegration(admin, {
    name: 'parrot',
    version,
    configuration: { schema },
    configurations: { loud: { schema: { type: 'object', required: ['volume'] } } },
    channels: { room: { messages: {} } },
    user: { tags: { id: {} } },
    ...change,
  })

describe('a definition', () => {
  test('is changed by name: null removes, absent stays', async () => {
    const id = await newBot({
      user: { tags: { a: {}, b: { title: 'B' } } },
      states: { s: { type: 'user', schema: {} }, t: { type: 'bot', schema: {} } },
      tags: { team: 'birds', stage: 'dev' },
    })
    await update(id, { user: { tags: { a: null, c: {} } }, states: { t: null }, tags: { stage: null } })
    expect(botIn(await byAlias.call('GET', `/v1/admin/bots/${id}`))).toMatchObject({
      user: { tags: { b: { title: 'B' }, c: {} } },
      states: { s: { type: 'user' } },
      tags: { team: 'birds' },
    })
  })

  test('keeps every name when many change it at once', async () => {
    const id = await newBot()
    const names = Array.from({ length: 10 }, (_, n) => `event${n}`)
    await Promise.all(names.map((name) => update(id, { events: { [name]: { schema: {} } } })))
    const { events } = botIn(await byAlias.call('GET', `/v1/admin/bots/${id}`))
    expect(Object.keys(events as object).toSorted()).toEqual(names.toSorted())
  })

  test('without a configuration schema allows no configuration', async () => {
    const id = await newBot()
    const { configuration } = botIn(await byAlias.call('GET', `/v1/admin/bots/${id}`))
    expect(configuration).toEqual({
      data: {},
      schema: { type: 'object', properties: {}, additionalProperties: false },
    })
    expect((await update(id, { configuration: { data: { a: 1 } } })).body).toMatchObject({ type: 'InvalidDataFormat' })
  })

  test.each([
    [
      'a schema that is none',
      { states: { s: { type: 'user', schema: { type: 'nonsense' } } } },
      'InvalidJsonSchema',
      /states\.s/,
    ],
    [
      'a cron expression that is none',
      { recurringEvents: { r: { type: 'x', payload: {}, schedule: { cron: '61 * * * *' } } } },
      'InvalidPayload',
      /recurringEvents\.r/,
    ],
    ['a url on a bot that is none of development', { url: 'http://localhost:1' }, 'InvalidPayload', /url/],
    [
      'an integration nobody has',
      { integrations: { x: { integrationId: '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11' } } },
      'ReferenceNotFound',
      /integrations\.x/,
    ],
    ['a plugin nobody has', { plugins: { p: { id: 'plugin_1' } } }, 'ReferenceNotFound', /plugins\.p/],
  ])('with %s is refused as a whole', async (_, body, type, message) => {
    const id = await newBot()
    const before = (await byAlias.call('GET', `/v1/admin/bots/${id}`)).body
    expect((await update(id, { ...body, name: 'Changed' })).body).toMatchObject({
      type,
      message: expect.stringMatching(message),
    })
    expect((await byAlias.call('GET', `/v1/admin/bots/${id}`)).body).toEqual(before)
  })

  test('over a limit is told which', async () => {
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, {}]))
    const { body } = await byAlias.call('POST', '/v1/admin/bots', { user: { tags } })
    expect(body).toMatchObject({ code: 413, metadata: { limit: 'tagDefinitions', max: 50, actual: 51 } })
  })

  test('ignores what it does not know, at any depth', async () => {
    const id = await newBot({ nonsense: 1, user: { tags: { a: { title: 'A', deep: { er: [1] } } }, more: true } })
    expect(botIn(await byAlias.call('GET', `/v1/admin/bots/${id}`))['user']).toEqual({ tags: { a: { title: 'A' } } })
  })
})

describe('an installation', () => {
  let first: string
  let second: string
  beforeAll(async () => {
    first = (await parrot('1.0.0')).id
    second = (await parrot('1.1.0')).id
  })

  test('is named by alias for those who know of aliases, else by the id of the integration', async () => {
    const id = await newBot()
    await update(id, { integrations: { polly: { integrationId: first, enabled: true, configuration: { volume: 1 } } } })
    expect(Object.keys(botIn(await byAlias.call('GET', `/v1/admin/bots/${id}`)).integrations)).toEqual(['polly'])
    expect(Object.keys(botIn(await developer.call('GET', `/v1/admin/bots/${id}`)).integrations)).toEqual([first])
    const disabled = await update(id, { integrations: { [first]: { enabled: false } } }, developer)
    expect(botIn(disabled).integrations[first]).toMatchObject({ enabled: false, configuration: { volume: 1 } })
  })

  test('starts disabled unless told otherwise, and has a webhook', async () => {
    const id = await newBot()
    const { integrations } = botIn(await update(id, { integrations: { polly: { integrationId: first } } }))
    const { webhookId = '' } = integrations['polly'] ?? {}
    expect(integrations['polly']).toMatchObject({
      enabled: false,
      webhookUrl: `http://understudy.test/webhook/${webhookId}`,
    })
  })

  test('holds its configuration against the schema of its type', async () => {
    const id = await newBot()
    const install = (change: object) =>
      update(id, { integrations: { polly: { integrationId: first, enabled: true, ...change } } })
    expect((await install({ configuration: { volume: 'loud' } })).body).toMatchObject({
      type: 'InvalidDataFormat',
      message: expect.stringMatching(/integrations\.polly\.configuration\.volume/),
    })
    expect((await install({ configurationType: 'loud' })).body).toMatchObject({ type: 'InvalidDataFormat' })
    expect((await install({ configurationType: 'quiet' })).body).toMatchObject({ type: 'InvalidPayload' })
    const { integrations } = botIn(await install({ configurationType: 'loud', configuration: { volume: 11 } }))
    expect(integrations['polly']).toMatchObject({ status: 'registered', configurationType: 'loud' })
  })

  test('that is removed and installed again finds its users, and its old versions still name it', async () => {
    const id = await newBot()
    await update(id, { integrations: { polly: { integrationId: first, enabled: true } } })
    const asFirst = await api.integration(first, id)
    const { user } = (await asFirst.call('POST', '/v1/chat/users', { tags: { id: 'ann' } })).body as {
      user: { id: string }
    }

    await update(id, { integrations: { polly: null } })
    expect((await asFirst.call('GET', `/v1/chat/users/${user.id}`)).body).toMatchObject({ type: 'ResourceNotFound' })
    const bot = await api.bot(id)
    expect((await bot.call('GET', `/v1/chat/users/${user.id}`)).body).toMatchObject({
      user: { tags: { 'polly:id': 'ann' } },
    })

    await update(id, { integrations: { polly: { integrationId: second, enabled: true } } })
    expect((await asFirst.call('GET', `/v1/chat/users/${user.id}`)).status).toBe(200)
    const found = await (await api.integration(second, id)).call('POST', '/v1/chat/users/get-or-create', {
      tags: { id: 'ann' },
    })
    expect(found.body).toMatchObject({ user: { id: user.id }, meta: { created: false } })
  })

  test('keeps its alias for its integration', async () => {
    const id = await newBot()
    const other = (await parrot('1.0.0', { name: 'crow' })).id
    await update(id, { integrations: { polly: { integrationId: first } } })
    expect((await update(id, { integrations: { polly: { integrationId: other } } })).body).toMatchObject({
      type: 'RelationConflict',
    })
  })

  test('of an integration twice asks whoever acts as it which one is meant', async () => {
    const id = await newBot()
    const installed = { integrationId: first, enabled: true }
    await update(id, { integrations: { polly: installed, molly: installed } })
    const acting = await api.integration(first, id)
    expect((await acting.call('GET', '/v1/chat/users')).body).toMatchObject({
      code: 400,
      message: expect.stringMatching(/x-integration-alias.*polly.*molly|x-integration-alias.*molly.*polly/),
    })
    const token = acting.headers['authorization']?.slice('Bearer '.length) ?? ''
    const molly = api.caller(token, { ...acting.headers, 'x-integration-alias': 'molly' })
    expect((await molly.call('GET', '/v1/chat/users')).status).toBe(200)
  })

  test('keeps its integration from being deleted until it is removed', async () => {
    const id = await newBot()
    const { id: fresh } = await parrot('9.0.0')
    await update(id, { integrations: { polly: { integrationId: fresh } } })
    expect((await developer.call('DELETE', `/v1/admin/integrations/${fresh}`)).body).toMatchObject({
      type: 'ReferenceConstraint',
    })
    await update(id, { integrations: { polly: null } })
    expect((await developer.call('DELETE', `/v1/admin/integrations/${fresh}`)).status).toBe(200)
    expect((await developer.call('GET', `/v1/admin/bots/${id}`)).status).toBe(200)
  })
})

test('a declared tag may be used in the very next request', async () => {
  const id = await newBot()
  const bot = await api.bot(id)
  for (let n = 0; n < 5; n++) {
    await update(id, { user: { tags: { [`tag${n}`]: {} } } })
    expect((await bot.call('PUT', `/v1/chat/users/${id}`, { tags: { [`tag${n}`]: 'x' } })).status).toBe(200)
  }
})

test('secrets and signing secrets are shown to those who may change the bot, values of secrets to nobody', async () => {
  const id = await newBot({ secrets: { API_KEY: 'hunter2' } })
  const seen = await developer.call('GET', `/v1/admin/bots/${id}`)
  expect(botIn(seen)).toMatchObject({ secrets: ['API_KEY'], signingSecret: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const viewed = await (await api.account('viewer')).call('GET', `/v1/admin/bots/${id}`)
  expect(botIn(viewed)).toMatchObject({ signingSecret: '' })
  expect(JSON.stringify([seen.body, viewed.body])).not.toContain('hunter2')
})

test('a developer deletes bots of their own, a manager any; nothing of them is left', async () => {
  const own = await newBot()
  const others = await newBot({}, await api.account('developer'))
  const user = (await (await api.bot(own)).call('POST', '/v1/chat/users', { tags: {} })).body['user'] as { id: string }
  expect((await developer.call('DELETE', `/v1/admin/bots/${others}`)).body).toMatchObject({ type: 'Forbidden' })
  expect((await (await api.account('manager')).call('DELETE', `/v1/admin/bots/${others}`)).status).toBe(200)
  expect((await byAlias.call('DELETE', `/v1/admin/bots/${own}`)).status).toBe(200)
  const count = { name: 'test.left', text: 'select count(*)::int as left from users where bot_id = $1' }
  expect(user.id).toMatch(/^user_/)
  expect(await api.platform.db.one(count, [own])).toEqual({ left: 0 })
})

test('a bot reads itself and no other', async () => {
  const bot = await api.bot()
  expect((await bot.call('GET', `/v1/admin/bots/${api.home.botId}`)).status).toBe(200)
  expect((await bot.call('GET', `/v1/admin/bots/${await newBot()}`)).status).toBe(404)
})

test('development bots are listed only where asked for', async () => {
  const id = await newBot({ dev: true, url: 'http://localhost:8075', name: 'in development' })
  const ids = async (query: string) =>
    ((await developer.call('GET', `/v1/admin/bots?pageSize=100${query}`)).body['bots'] as { id: string }[]).map(
      (one) => one.id,
    )
  expect(await ids('')).not.toContain(id)
  expect(await ids('&dev=true')).toEqual([id])
})

test('bots are found by their tags and by what they have installed', async () => {
  const id = await newBot({ tags: { team: 'found' } })
  const { id: crow } = await parrot('1.0.0', { name: 'rook' })
  await update(id, { integrations: { rook: { integrationId: crow } } })
  const ids = async (query: string) =>
    ((await developer.call('GET', `/v1/admin/bots?${query}`)).body['bots'] as { id: string }[]).map((one) => one.id)
  expect(await ids('tags.team=found')).toEqual([id])
  expect(await ids('integrationNames=rook')).toEqual([id])
  expect(await ids('integrationNames=rook&integrationNames=emulator')).toEqual([])
})
