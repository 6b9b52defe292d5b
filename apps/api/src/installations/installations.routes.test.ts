import type { Bot, InstallationChange } from '@understudy/contract'
import { newUuid, sweepInstallations } from '@understudy/core'
import { accept, receiver } from '@understudy/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

const clock = movingClock()

let api: Awaited<ReturnType<typeof startApi>>
let admin: Caller
beforeAll(async () => {
  api = await startApi({ clock })
  admin = await api.account('developer', { 'x-multiple-integrations': 'true' })
})

/** A development bot, and an integration that lives at a port of its own. */
const scene = async (definition: object = {}) => {
  const home = await receiver()
  const made = await admin.call('POST', '/v1/admin/integrations', {
    name: `parrot${newUuid().slice(0, 8)}`,
    version: '1.0.0',
    dev: true,
    url: home.url,
    configuration: { schema: { type: 'object', properties: { volume: { type: 'number' } } } },
    ...definition,
  })
  const integrationId = (made.body['integration'] as { id: string }).id
  const { id: botId } = (await admin.call('POST', '/v1/admin/bots', { dev: true })).body['bot'] as Bot
  const key = await admin.call('POST', '/v1/admin/integrations/iaks', { integrationId })
  return {
    ...home,
    botId,
    integrationId,
    heard: () => home.registrations.map(({ headers, body }) => [headers['x-bp-operation'], body]),
    change: async (change: InstallationChange | null, alias = 'parrot') => {
      const answer = await admin.call('PUT', `/v1/admin/bots/${botId}`, {
        integrations: { [alias]: change && { integrationId, ...change } },
      })
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      return (answer.body['bot'] as Bot).integrations[alias]
    },
    installation: async () =>
      ((await admin.call('GET', `/v1/admin/bots/${botId}`)).body['bot'] as Bot).integrations['parrot'],
    asParrot: api.caller(String(key.body['value']), { 'x-bot-id': botId, 'x-integration-id': integrationId }),
  }
}

const refuse = (status: number, body: object) => (_call: unknown, response: Parameters<typeof accept>[1]) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

describe('an integration is called', () => {
  test('to register when it is enabled or reconfigured, to unregister when it no longer is', async () => {
    const { change, heard, registrations } = await scene()
    const installed = await change({})
    expect([installed?.status, heard()]).toEqual(['unregistered', []])
    const webhookUrl = `http://understudy.test/webhook/${installed?.webhookId}`

    expect((await change({ enabled: true }))?.status).toBe('registered')
    expect((await change({ enabled: true }))?.status).toBe('registered')
    expect((await change({ configuration: { volume: 11 } }))?.status).toBe('registered')
    expect((await change({ enabled: false }))?.status).toBe('unregistered')
    expect((await change({ enabled: true }))?.status).toBe('registered')
    await change(null)
    expect(heard()).toEqual(
      ['register', 'register', 'unregister', 'register', 'unregister'].map((operation) => [operation, { webhookUrl }]),
    )
    expect(registrations[1]?.headers).toMatchObject({
      'x-integration-alias': 'parrot',
      'x-webhook-id': installed?.webhookId,
      'x-bp-configuration': Buffer.from('{"volume":11}').toString('base64'),
    })
  })

  test('and what it says went wrong is the reason, without failing the change; naming it again tries again', async () => {
    const { change, onRegister, botId } = await scene()
    onRegister(refuse(400, { id: 'err_1', code: 400, type: 'Runtime', message: 'The token is wrong' }))
    expect(await change({ enabled: true })).toMatchObject({
      enabled: true,
      status: 'registration_failed',
      statusReason: 'The token is wrong',
    })
    onRegister(accept)
    expect(await change({ enabled: true })).toMatchObject({ status: 'registered', statusReason: null })
    onRegister(refuse(500, { message: 'No more' }))
    expect(await change({ enabled: false })).toMatchObject({
      enabled: false,
      status: 'unregistration_failed',
      statusReason: 'No more',
    })
    const { logs } = (await admin.call('GET', `/v1/admin/bots/${botId}/logs`)).body
    expect((logs as { message: string }[]).map(({ message }) => message)).toEqual([
      'The integration "parrot" failed to unregister: No more',
      'The integration "parrot" failed to register: The token is wrong',
    ])
    const { issues } = (await admin.call('GET', `/v1/admin/bots/${botId}/issues`)).body
    expect((issues as { code: string }[]).map(({ code }) => code).toSorted()).toEqual([
      'registration_failed',
      'unregistration_failed',
    ])
  })

  test('while it may already call us, and for the last time when it is removed', async () => {
    const { change, asParrot, onRegister } = await scene({ user: { tags: { id: {} } } })
    const answers: number[] = []
    const act = async () => (await asParrot.call('POST', '/v1/chat/users', { tags: { id: 'x' } })).status
    onRegister((call, response) => {
      void act().then((status) => {
        answers.push(status)
        accept(call, response)
      })
    })
    await change({ enabled: true })
    await change({ enabled: false })
    const refused = await asParrot.call('POST', '/v1/chat/users', { tags: { id: 'x' } })
    expect([refused.status, refused.body['message']]).toEqual([
      403,
      'The integration "parrot" is disabled in this bot.',
    ])
    await change({ enabled: true })
    await change(null)
    expect((await asParrot.call('GET', '/v1/chat/users')).status).toBe(404)
    expect(answers).toEqual([201, 201, 201, 201])
  })

  test('and an answer that comes after another change says nothing of that', async () => {
    const { change, installation, registrations, onRegister } = await scene()
    let release = (): void => {}
    onRegister((_call, response) => {
      release = () => void response.writeHead(400).end('{"message":"Too late"}')
    })
    const enabling = change({ enabled: true })
    await expect.poll(() => registrations.length).toBe(1)
    expect((await installation())?.status).toBe('registration_pending')
    onRegister(accept)
    expect((await change({ enabled: false }))?.status).toBe('unregistered')
    release()
    expect(await enabling).toMatchObject({ status: 'unregistered', statusReason: null })
  })

  test('by a worker where the process that owed the call is gone', async () => {
    const { change, installation, botId, registrations } = await scene()
    await change({ enabled: true })
    // As a process leaves it that was killed between its commit and the answer of the integration.
    await api.platform.db.rows(
      {
        name: 'test.abandon-call',
        text: `update installations set status = 'registration_pending', call_id = gen_random_uuid(), call_until = now() where bot_id = $1`,
      },
      [botId],
    )
    await Promise.all([sweepInstallations(api.platform), sweepInstallations(api.platform)])
    expect((await installation())?.status).toBe('registered')
    expect(registrations).toHaveLength(2)
  })
})

describe('an integration configures itself', () => {
  const configure = (caller: Caller, body: object) => caller.call('POST', '/v1/chat/integrations/configure', body)

  test('with an identifier that no other installation of it has', async () => {
    const one = await scene()
    await one.change({ enabled: true })
    expect((await configure(one.asParrot, { identifier: 'T1', sandboxIdentifiers: null })).body).toEqual({})
    expect((await one.installation())?.identifier).toBe('T1')

    await one.change({ enabled: true }, 'second')
    const second = api.caller(String(one.asParrot.headers['authorization']).slice('Bearer '.length), {
      ...one.asParrot.headers,
      'x-integration-alias': 'second',
    })
    const taken = await configure(second, { identifier: 'T1' })
    expect([taken.status, taken.body['type']]).toEqual([409, 'AlreadyExists'])
    const first = api.caller(String(one.asParrot.headers['authorization']).slice('Bearer '.length), {
      ...one.asParrot.headers,
      'x-integration-alias': 'parrot',
    })
    expect((await configure(first, { identifier: null })).status).toBe(200)
    expect((await configure(second, { identifier: 'T1' })).status).toBe(200)
    expect((await one.installation())?.identifier).toBeUndefined()
  })

  test('and is registered only once it has the identifier it needs', async () => {
    const { change, asParrot, installation, heard } = await scene({
      configuration: { schema: { type: 'object' }, identifier: { required: true } },
    })
    expect(await change({ enabled: true })).toMatchObject({ status: 'registration_pending' })
    await sweepInstallations(api.platform)
    expect(heard()).toEqual([])
    await configure(asParrot, { identifier: 'T2' })
    await sweepInstallations(api.platform)
    expect(heard()).toHaveLength(1)
    expect(await installation()).toMatchObject({ status: 'registered', statusReason: null, identifier: 'T2' })
  })

  test('to be registered again from time to time, while it is enabled', async () => {
    const { change, asParrot, heard } = await scene()
    await change({ enabled: true })
    expect((await configure(asParrot, { scheduleRegisterCall: 'hourly' })).body).toEqual({})
    clock.advance(59 * 60_000)
    await sweepInstallations(api.platform)
    expect(heard()).toHaveLength(1)
    clock.advance(60_000)
    await sweepInstallations(api.platform)
    await sweepInstallations(api.platform)
    expect(heard()).toHaveLength(2)
    await change({ enabled: false })
    clock.advance(24 * 60 * 60_000)
    await sweepInstallations(api.platform)
    expect(heard()).toHaveLength(3)
  })
})
