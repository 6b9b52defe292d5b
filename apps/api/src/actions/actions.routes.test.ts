import type { Bot } from '@understudy/contract'
import { newUuid, sweepActions } from '@understudy/core'
import { accept, type Reaction, receiver } from '@understudy/testkit'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

const clock = movingClock()
const text = {
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
  additionalProperties: false,
}
const action = { input: { schema: text }, output: { schema: text } }

let api: Awaited<ReturnType<typeof startApi>>
let admin: Caller
beforeAll(async () => {
  api = await startApi({ clock })
  admin = await api.account('developer', { 'x-multiple-integrations': 'true' })
})

/** A bot and an integration in it, each at a port of its own; the integration repeats what it is told. */
const scene = async () => {
  const repeat: Reaction = ({ body }, response) =>
    void response.end(JSON.stringify({ output: body['input'], meta: { cost: 1 } }))
  const [parrot, mind] = [await receiver(repeat), await receiver(repeat)]
  const made = await admin.call('POST', '/v1/admin/integrations', {
    name: `parrot${newUuid().slice(0, 8)}`,
    version: '1.0.0',
    dev: true,
    url: parrot.url,
    actions: { repeat: action, remember: { ...action, cacheable: true } },
  })
  const { id: integrationId, name } = made.body['integration'] as { id: string; name: string }
  const created = await admin.call('POST', '/v1/admin/bots', {
    dev: true,
    url: mind.url,
    actions: { think: action, 'plugin#muse': action },
  })
  const { id: botId } = created.body['bot'] as Bot
  const install = (change: object) =>
    admin.call('PUT', `/v1/admin/bots/${botId}`, { integrations: { polly: { integrationId, ...change } } })
  await install({ enabled: true })
  const bot = await api.bot(botId)
  const call = (type: string, input: object, headers = {}) =>
    api
      .caller(String(bot.headers['authorization']).slice('Bearer '.length), { ...bot.headers, ...headers })
      .call('POST', '/v1/chat/actions', { type, input })
  return {
    parrot,
    mind,
    botId,
    integrationId,
    name,
    install,
    call,
    runs: async (query = '') =>
      (await admin.call('GET', `/v1/admin/bots/${botId}/action-runs?integrationName=${name}${query}`)).body[
        'data'
      ] as Record<string, unknown>[],
  }
}

let on: Awaited<ReturnType<typeof scene>>
beforeEach(async () => {
  on = await scene()
})

const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['type'],
  body['message'],
]

describe('an action', () => {
  test('of an integration goes to it by its alias or its name, and its output comes back', async () => {
    for (const type of ['polly:repeat', `${on.name}:repeat`])
      expect((await on.call(type, { text: 'Hello' })).body).toEqual({
        output: { text: 'Hello' },
        meta: { cached: false },
      })
    const [{ headers, body } = { headers: {}, body: {} }] = on.parrot.heard
    expect(body).toEqual({ type: 'repeat', input: { text: 'Hello' } })
    expect(headers).toMatchObject({ 'x-bp-operation': 'action_triggered', 'x-integration-alias': 'polly' })
  })

  test('of the bot, or of a plugin, goes to the bot', async () => {
    for (const type of ['think', 'plugin#muse'])
      expect((await on.call(type, { text: 'Hm' })).body['output']).toEqual({ text: 'Hm' })
    expect(on.mind.heard.map(({ body }) => body['type'])).toEqual(['think', 'plugin#muse'])
  })

  test('that nobody has, or that is disabled, is refused with what there is', async () => {
    expect(told(await on.call('polly:sing', { text: '' }))).toEqual([
      ...[400, 'InvalidPayload'],
      'type: "sing" is not a declared action; declared are: remember, repeat',
    ])
    expect(told(await on.call('jay:sing', { text: '' }))[2]).toMatch(/no integration "jay".*polly/)
    expect(told(await on.call('sing', { text: '' }))[2]).toMatch(/declared are: plugin#muse, think/)
    await on.install({ enabled: false })
    expect(told(await on.call('polly:repeat', { text: '' }))[2]).toMatch(/"polly" is disabled/)
    expect(on.parrot.heard).toEqual([])
  })

  test('takes and gives what its schemas allow', async () => {
    expect(told(await on.call('polly:repeat', { text: 1 }))).toEqual([
      400,
      'InvalidDataFormat',
      'input.text: must be string',
    ])
    on.parrot.behave((_call, response) => void response.end('{"output":{"words":[]}}'))
    expect(told(await on.call('polly:repeat', { text: '' }))).toEqual([
      ...[400, 'InvalidDataFormat'],
      "output: must have required property 'text'",
    ])
  })

  test('that fails says what the integration said, with its metadata', async () => {
    const metadata = { retryAfter: 3 }
    on.parrot.behave((_call, response) =>
      response.writeHead(400).end(JSON.stringify({ code: 400, type: 'Runtime', message: 'No voice', metadata })),
    )
    const failed = await on.call('polly:repeat', { text: '' })
    expect([...told(failed), failed.body['metadata']]).toEqual([400, 'Runtime', 'No voice', metadata])
    on.parrot.behave((_call, response) => void response.socket?.destroy())
    expect(told(await on.call('polly:repeat', { text: '' }))[2]).toMatch(/closed the connection/)
  })

  test('that fails is an issue of the bot and a line of its log', async () => {
    on.parrot.behave((_call, response) => response.writeHead(400).end(JSON.stringify({ message: 'No voice' })))
    await on.call('polly:repeat', { text: '' })
    await on.call('polly:repeat', { text: '' })
    const { issues } = (await admin.call('GET', `/v1/admin/bots/${on.botId}/issues`)).body
    expect(issues).toMatchObject([{ code: 'action_failed', category: 'user_code', eventsCount: 2 }])
    const { logs } = (await admin.call('GET', `/v1/admin/bots/${on.botId}/logs`)).body
    expect(logs).toMatchObject(Array(2).fill({ level: 'error', message: 'The action "repeat" failed: No voice' }))
  })

  test('that takes longer than the integration may is over', async () => {
    await admin.call('PUT', `/v1/admin/integrations/${on.integrationId}`, { maxExecutionTime: 1 })
    on.parrot.behave(() => {})
    expect(told(await on.call('polly:repeat', { text: '' })).slice(0, 2)).toEqual([504, 'OperationTimeout'])
  })

  test('that may be remembered is asked for once, until its answer is old or the version another', async () => {
    const cached = async (words: string) =>
      ((await on.call('polly:remember', { text: words })).body['meta'] as { cached: boolean }).cached
    expect([await cached('a'), await cached('a'), await cached('b')]).toEqual([false, true, false])
    clock.advance(10 * 60_000)
    expect([await cached('a'), await cached('a')]).toEqual([false, true])
    expect(on.parrot.heard).toHaveLength(3)
  })

  test('under an idempotency key is answered again, not called again', async () => {
    const keyed = () => on.call('polly:repeat', { text: 'Once' }, { 'idempotency-key': 'k' })
    const [first, second] = [await keyed(), await keyed()]
    expect(second.body).toEqual(first.body)
    expect([second.headers.get('idempotent-replayed'), on.parrot.heard.length]).toEqual(['true', 1])
  })
})

test('as many calls as there are connections do not keep others from the database', async () => {
  const waiting: (() => void)[] = []
  on.parrot.behave((call, response) => {
    waiting.push(() => accept(call, response))
  })
  const calls = Array.from({ length: 25 }, (_, n) =>
    on.call('polly:repeat', { text: '' }, { 'idempotency-key': `${n}` }),
  )
  await expect.poll(() => waiting.length).toBe(25)
  expect((await admin.call('GET', `/v1/admin/bots/${on.botId}`)).status).toBe(200)
  for (const release of waiting) release()
  await Promise.all(calls)
})

describe('the calls of an integration’s actions', () => {
  test('are on record with what went in and out, newest first, for a month', async () => {
    await on.call('polly:remember', { text: 'x'.repeat(10) })
    clock.advance(1000)
    await on.call('polly:remember', { text: 'x'.repeat(10) })
    clock.advance(1000)
    await on.call('polly:repeat', { text: 'x'.repeat(200_000) })
    clock.advance(1000)
    on.parrot.behave((_call, response) => void response.writeHead(500).end('{"message":"Oh no"}'))
    await on.call('polly:repeat', { text: '' })

    const runs = await on.runs()
    expect(runs.map((run) => [run['actionType'], run['status'], run['cached'], run['inputTruncated']])).toEqual([
      ['repeat', 'FAILURE', false, false],
      ['repeat', 'SUCCESS', false, true],
      ['remember', 'SUCCESS', true, false],
      ['remember', 'SUCCESS', false, false],
    ])
    expect(runs[0]).toMatchObject({
      integrationName: on.name,
      errorMessage: 'Oh no',
      output: null,
      input: { text: '' },
    })
    expect(JSON.stringify(runs[1]?.['output']).length).toBeLessThanOrEqual(190 * 1024)
    const from = String(runs[2]?.['timestamp'])
    expect(await on.runs(`&timestampFrom=${from}&timestampUntil=${from}`)).toEqual([runs[2]])

    clock.advance(31 * 24 * 60 * 60_000)
    await sweepActions(api.platform)
    expect(await on.runs()).toEqual([])
  })
})
