import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BotCall, botHeaders, createRuntime, type IntegrationCall, integrationHeaders } from './index.ts'
import { bot } from './testing/listen.ts'

const botCall: BotCall = {
  botId: '4b9f8d3e-1f5a-4c53-8d5c-2f4f0d1f6a11',
  operation: 'event_received',
  type: 'message_created',
  configuration: { greeting: 'Grüezi 🎭' },
}
const integrationCall: IntegrationCall = {
  botId: botCall.botId,
  botUserId: botCall.botId,
  integrationId: '0d7d2a57-39a3-4f0e-9b65-5a3b5a4c9d02',
  integrationAlias: 'my/telegram',
  webhookId: '7f0d7a40-4a5b-4a39-8a0f-08a3f6f0a003',
  operation: 'message_created',
  configuration: { token: 'x' },
}

/** What a receiver makes of `x-bp-configuration`. */
const decoded = (headers: Record<string, string>) =>
  JSON.parse(Buffer.from(headers['x-bp-configuration'] ?? '', 'base64').toString()) as unknown

test('a bot hears who it is, what happened and how it is configured', () => {
  const headers = botHeaders(botCall)
  expect(headers).toEqual({
    'content-type': 'application/json',
    'x-bot-id': botCall.botId,
    'x-bp-operation': 'event_received',
    'x-bp-type': 'message_created',
    'x-bp-configuration': 'eyJncmVldGluZyI6Ikdyw7xlemkg8J+OrSJ9',
    traceparent: expect.any(String),
    tracestate: expect.any(String),
  })
  expect(decoded(headers)).toEqual(botCall.configuration)
})

test.each(['ping', 'register', 'unregister', 'action_triggered'] as const)(
  'a bot hears %s without an empty header: old ones throw',
  (operation) => {
    expect(botHeaders({ botId: 'b', operation, configuration: {} })).toMatchObject({
      'x-bp-operation': operation,
      'x-bp-type': operation,
      'x-bp-configuration': 'e30=',
    })
  },
)

test('an integration hears for whom it works too, and which of its configurations is meant', () => {
  const expected = {
    'content-type': 'application/json',
    'x-bot-id': botCall.botId,
    'x-bot-user-id': botCall.botId,
    'x-integration-id': integrationCall.integrationId,
    'x-integration-alias': 'my/telegram',
    'x-webhook-id': integrationCall.webhookId,
    'x-bp-operation': 'message_created',
    'x-bp-configuration': 'eyJ0b2tlbiI6IngifQ==',
    traceparent: expect.any(String),
    tracestate: expect.any(String),
  }
  expect(integrationHeaders(integrationCall)).toEqual(expected)
  expect(integrationHeaders({ ...integrationCall, configurationType: 'oauth' })).toEqual({
    ...expected,
    'x-bp-configuration-type': 'oauth',
  })
})

test('whatever an event is called and a configuration holds, it arrives', () => {
  const configurations = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { noNullPrototype: true })
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), configurations, (type, configuration) => {
      const headers = botHeaders({ ...botCall, type, configuration })
      for (const value of Object.values(headers)) expect(value).toMatch(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/)
      expect(decoded(headers)).toEqual(JSON.parse(JSON.stringify(configuration)))
    }),
  )
})

test.each([
  ['chat:réaction', 'chat:r%C3%A9action'],
  [' padded ', 'padded'],
  ['a\r\nx-bot-id: other', 'a%0D%0Ax-bot-id: other'],
  ['\ud800', '%EF%BF%BD'],
  ['', 'event_received'],
  ['   ', 'event_received'],
])('the type %j is sent as %j', (type, sent) => {
  expect(botHeaders({ ...botCall, type })['x-bp-type']).toBe(sent)
})

describe('a trace', () => {
  const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/

  test('is new for every attempt, in the form of W3C Trace Context', () => {
    const attempts = Array.from({ length: 100 }, () => [
      botHeaders(botCall),
      integrationHeaders(integrationCall),
    ]).flat()
    const traces = attempts.map(({ traceparent = '', tracestate }) => {
      const [, traceId, spanId] = TRACEPARENT.exec(traceparent) ?? []
      expect(tracestate).toBe(`understudy=${spanId}`)
      return traceId
    })
    expect(new Set(traces).size).toBe(200)
  })

  test('may be one that is known already', () => {
    const trace = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
    const known = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }
    expect(botHeaders(botCall, trace)).toMatchObject(known)
    expect(integrationHeaders(integrationCall, trace)).toMatchObject(known)
  })
})

test('a call carries them as they are', async () => {
  const { url } = await bot((request, response) => response.end(JSON.stringify(request.headers)))
  const runtime = createRuntime({ allowPrivateHosts: true })
  const headers = integrationHeaders(integrationCall)
  const { body } = await runtime.call({ url, headers, body: '{}', timeoutMs: 5_000 })
  expect(JSON.parse(body)).toMatchObject(headers)
  await runtime.close()
})
