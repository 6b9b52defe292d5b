import type { Bot } from '@understudy/contract'
import { newUuid, reportFailures } from '@understudy/core'
import { receiver } from '@understudy/testkit'
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
const change = (id: string, changes: object, caller = owner) => caller.call('PUT', `/v1/admin/bots/${id}`, changes)

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

describe('deleting a bot', () => {
  const TABLES = [
    ...['users', 'conversations', 'participants', 'messages', 'events', 'states', 'tags', 'installations'],
    ...['analytics_counts', 'idempotency_keys', 'storage_files', 'bot_logs', 'bot_issues', 'bot_issue_events'],
    ...['analytics_deleted_counts', 'analytics_deleted_talks', 'analytics_deleted_users'],
  ]
  const left = async (botId: string) => {
    const botColumn = (table: string) => (table === 'idempotency_keys' ? 'tenant_id' : 'bot_id')
    const text = TABLES.map(
      (table) => `select '${table}' as t, count(*)::int as n from ${table} where ${botColumn(table)} = $1`,
    )
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
    const gone = (await said()).message
    await integration.call('DELETE', `/v1/chat/conversations/${gone.conversationId}`)
    await integration.call('DELETE', `/v1/chat/users/${gone.userId}`)
    const { message } = await said()
    const bot = await api.bot(id)
    await bot.call('POST', `/v1/chat/states/bot/${id}/settings`, { payload: {} })
    const keyed = api.caller(bot.headers['authorization']?.slice('Bearer '.length) ?? '', {
      ...bot.headers,
      'idempotency-key': newUuid(),
    })
    await keyed.call('POST', '/v1/chat/analytics', { name: 'sale', count: 1 })
    const file = { botId: id, name: 'a', contents: '', accessType: 'private' }
    await owner.call('POST', '/v1/storage/files', file)
    const failure = { code: 'broken', category: 'other', title: '', description: '', data: {}, groupBy: [] } as const
    await reportFailures(api.platform, [{ ...failure, botId: id, source: 'test', message: '' }])
    return { id, integration, message }
  }

  test('leaves nothing of it behind', async () => {
    const { id } = await inhabited()
    expect(Object.values(await left(id)).every((count) => count > 0)).toBe(true)
    expect((await owner.call('DELETE', `/v1/admin/bots/${id}`)).status).toBe(200)
    expect(await left(id)).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])))
    expectRefusal(await owner.call('GET', `/v1/admin/bots/${id}`), 404, 'ResourceNotFound', /not found/)
  })

  test('has its enabled integrations unregister first, and goes whatever they say', async () => {
    const [gentle, stubborn, idle] = await Promise.all([receiver(), receiver(), receiver()])
    stubborn.onRegister(({ headers }, response) =>
      headers['x-bp-operation'] === 'unregister'
        ? void response.writeHead(400).end('{"message":"I stay"}')
        : void response.end('{}'),
    )
    const version = async (url: string) => {
      const input = { name: `n${newUuid().slice(0, 8)}`, version: '1.0.0', dev: true, url }
      return ((await owner.call('POST', '/v1/admin/integrations', input)).body['integration'] as { id: string }).id
    }
    const install = async (url: string, enabled = true) => ({ integrationId: await version(url), enabled })
    const { id } = await make({ dev: true, name: 'doomed' })
    const integrations = {
      gentle: await install(gentle.url),
      stubborn: await install(stubborn.url),
      idle: await install(idle.url, false),
    }
    botIn(await change(id, { integrations }))
    expect((await owner.call('DELETE', `/v1/admin/bots/${id}`)).status).toBe(200)
    const heard = [gentle, stubborn, idle].map(({ registrations }) =>
      registrations.map(({ headers }) => headers['x-bp-operation']),
    )
    expect(heard).toEqual([['register', 'unregister'], ['register', 'unregister'], []])
    const { records } = (await owner.call('GET', `/v1/admin/workspaces/${api.home.workspaceId}/audit-records`)).body
    expect(records).toContainEqual(
      expect.objectContaining({
        action: 'DELETE_BOT',
        resourceName: 'doomed',
        value: 'not unregistered: stubborn (I stay)',
      }),
    )
    expect(Object.values(await left(id)).every((count) => count === 0)).toBe(true)
  })

  test('while others write into it ends well for everybody', async () => {
    const { id, integration, message } = await inhabited()
    const writers = Array.from({ length: 30 }, () => integration.call('POST', '/v1/chat/messages', message))
    const [deleted, ...written] = await Promise.all([owner.call('DELETE', `/v1/admin/bots/${id}`), ...writers])
    expect(deleted.status).toBe(200)
    expect(written.filter(({ status }) => status >= 500)).toEqual([])
  })
})
