import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let owner: Caller
let botId: string
let emulatorId: string

beforeAll(async () => {
  const api = await startApi()
  owner = await api.account('owner')
  botId = api.home.botId
  emulatorId = api.home.emulatorIntegrationId
})

const declare = (definition: object) => owner.call('PUT', `/v1/admin/bots/${botId}`, definition)
const profile = (schema: object) => declare({ states: { profile: { type: 'bot', schema } } })
const setProfile = (payload: object) => owner.call('POST', `/v1/chat/states/bot/${botId}/profile`, { payload })

const named = <T>(count: number, make: (at: number) => T) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, make(at)]))

test.each([
  ['a pattern that backtracks for ever elsewhere', '^(a+)+$', `${'a'.repeat(100_000)}!`, /must match pattern/],
  ['a pattern that does so everywhere', '^(a+)+(?=b)$', 'a'.repeat(100), /takes too long/],
])('%s does not hold up a state', async (_, pattern, text, message) => {
  expect((await profile({ properties: { text: { pattern } } })).status).toBe(200)
  expect((await setProfile({ text })).body).toMatchObject({
    code: 400,
    type: 'InvalidDataFormat',
    message: expect.stringMatching(message),
  })
  expect((await setProfile({ text: 'a' })).status).toBe(pattern.endsWith('b)$') ? 400 : 200)
})

test('a schema that would make the check a promise is refused: nothing it refuses later would be heard of', async () => {
  expect((await profile({ $async: true, required: ['a'] })).body).toMatchObject({
    code: 400,
    type: 'InvalidJsonSchema',
  })
})

test('a large part that is referred to a thousand times fits into memory', async () => {
  const part = { properties: named(1000, () => ({ type: 'string' })) }
  const anyOf = Array.from({ length: 1000 }, () => ({ $ref: '#/definitions/part' }))
  expect((await profile({ definitions: { part }, anyOf })).status).toBe(200)
  expect((await setProfile({ k7: 'x' })).status).toBe(200)
  expect((await setProfile({ k7: 7 })).body).toMatchObject({ type: 'InvalidDataFormat' })
})

test('a definition may not be larger than any that is of use', async () => {
  const events = named(100, (at) => ({ schema: { const: `${at}${'x'.repeat(30_000)}` } }))
  expect((await declare({ events })).body).toMatchObject({
    code: 413,
    type: 'LimitExceeded',
    message: expect.stringMatching(/definitionBytes/),
  })
})

test('more installations than a bot can have are refused before they are looked at', async () => {
  const integrations = named(50_000, () => ({ integrationId: emulatorId, enabled: true }))
  expect((await declare({ integrations })).body).toMatchObject({
    code: 413,
    type: 'LimitExceeded',
    message: expect.stringMatching(/installedIntegrations/),
  })
})

test('while hundreds of schemas are checked, others are answered', async () => {
  const events = named(300, (at) => ({
    schema: { properties: named(5, (n) => ({ type: 'string', maxLength: at + n })) },
  }))
  const order: string[] = []
  const deployment = declare({ events }).then(({ status }) => order.push(`deployed ${status}`))
  for (let at = 0; at < 3; at++) {
    await owner.call('GET', '/healthz')
    order.push('others')
  }
  await deployment
  expect(order).toEqual(['others', 'others', 'others', 'deployed 200'])
})
