import type { BotAllowlist, BotSummary } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueClient } from '../testing/access-token.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let administrator: Caller

beforeAll(async () => {
  api = await startApi()
  administrator = await api.account('administrator')
})

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}
const ok = <T = Record<string, unknown>>({ status, body }: Answer): T => {
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body as T
}
const makeBot = async () =>
  ok<{ bot: { id: string } }>(await administrator.call('POST', '/v1/admin/bots', { integrations: {} })).bot.id
const pathOf = (botId: string) => `/v1/admin/bots/${botId}/allowlist`
const get = async (botId: string, caller = administrator) => ok<BotAllowlist>(await caller.call('GET', pathOf(botId)))
const set = (botId: string, changes: object, caller = administrator) => caller.call('PUT', pathOf(botId), changes)
const userIdOf = async (caller: Caller) =>
  ok<{ userId: string }>(await caller.call('GET', '/v1/admin/workspace-members/me')).userId
const asIn = (caller: Caller, botId: string) =>
  api.caller(String(caller.headers['authorization']).slice('Bearer '.length), {
    'x-workspace-id': api.home.workspaceId,
    'x-bot-id': botId,
  })

test('a new bot is for all members', async () => {
  expect(await get(await makeBot())).toEqual({ setting: 'ALL_WORKSPACE_USERS', users: [] })
})

test('changes merge: who is not named stays as they are', async () => {
  const botId = await makeBot()
  const [ann, bob] = [await userIdOf(await api.account('viewer')), await userIdOf(await api.account('viewer'))]
  ok(await set(botId, { users: { [ann]: true } }))
  ok(await set(botId, { setting: 'SELECTED_USERS', users: { [bob]: true } }))
  expect((await get(botId)).users.map(({ id }) => id).toSorted()).toEqual([ann, bob].toSorted())
  ok(await set(botId, { users: { [ann]: false, [newUuid()]: false } }))
  expect(await get(botId)).toEqual({ setting: 'SELECTED_USERS', users: [{ id: bob }] })
  ok(await set(botId, {}))
  expect(await get(botId)).toEqual({ setting: 'SELECTED_USERS', users: [{ id: bob }] })
})

test('many at once select different members, and all of them are', async () => {
  const botId = await makeBot()
  const users = await Promise.all(Array.from({ length: 6 }, async () => userIdOf(await api.account('viewer'))))
  await Promise.all(users.map(async (id) => ok(await set(botId, { users: { [id]: true } }))))
  expect((await get(botId)).users.map(({ id }) => id).toSorted()).toEqual(users.toSorted())
})

test('who is no member cannot be selected, and nothing else of the change happens', async () => {
  const botId = await makeBot()
  const stranger = ok<{ userId: string }>(
    await (await api.neighbour()).asOwner.call('GET', '/v1/admin/workspace-members/me'),
  ).userId
  for (const id of [stranger, newUuid(), 'nonsense'])
    expectRefusal(
      await set(botId, { setting: 'SELECTED_USERS', users: { [id]: true } }),
      400,
      'ReferenceNotFound',
      /^Users|^users/,
    )
  expect(await get(botId)).toEqual({ setting: 'ALL_WORKSPACE_USERS', users: [] })
})

describe('a bot for selected members', () => {
  /** Everything an account can do to a bot, or see of it; each has to end as if there were no such bot. */
  const doors = (botId: string, keyId: string): Record<string, (caller: Caller) => Promise<Answer>> => ({
    getBot: (caller) => caller.call('GET', `/v1/admin/bots/${botId}`),
    updateBot: (caller) => caller.call('PUT', `/v1/admin/bots/${botId}`, { name: 'Renamed' }),
    getBotAllowlist: (caller) => caller.call('GET', pathOf(botId)),
    listBotApiKeys: (caller) => caller.call('GET', `/v1/admin/bots/baks?botId=${botId}`),
    createBotApiKey: (caller) => caller.call('POST', '/v1/admin/bots/baks', { botId }),
    deleteBotApiKey: (caller) => caller.call('DELETE', `/v1/admin/bots/baks/${keyId}`),
    listApiClients: (caller) => caller.call('GET', `/_understudy/api-clients?botId=${botId}`),
    createApiClient: (caller) => caller.call('POST', '/_understudy/api-clients', { standsFor: { kind: 'bot', botId } }),
    introspect: (caller) => caller.call('POST', '/v1/admin/introspect', { botId }),
    listUsers: (caller) => asIn(caller, botId).call('GET', '/v1/chat/users'),
    createUser: (caller) => asIn(caller, botId).call('POST', '/v1/chat/users', { tags: {} }),
    deleteBot: (caller) => caller.call('DELETE', `/v1/admin/bots/${botId}`),
  })
  const listed = async (caller: Caller, botId: string) => {
    const { bots } = ok<{ bots: BotSummary[] }>(await caller.call('GET', '/v1/admin/bots?pageSize=100'))
    const query = `installedByBotId=${botId}&name=emulator`
    const { integrations } = ok<{ integrations: unknown[] }>(
      await caller.call('GET', `/v1/admin/integrations?${query}`),
    )
    return [bots.some(({ id }) => id === botId), integrations.length > 0]
  }
  const closedBot = async () => {
    const botId = await makeBot()
    const emulator = { integrationId: api.home.emulatorIntegrationId, enabled: true }
    ok(await administrator.call('PUT', `/v1/admin/bots/${botId}`, { integrations: { emulator } }))
    const key = ok<{ id: string }>(await administrator.call('POST', '/v1/admin/bots/baks', { botId }))
    ok(await set(botId, { setting: 'SELECTED_USERS' }))
    return { botId, keyId: key.id }
  }

  test.each(['viewer', 'developer', 'manager'] as const)('is as good as none to any other %s', async (role) => {
    const { botId, keyId } = await closedBot()
    const caller = await api.account(role)
    const { botId: otherBotId, keyId: otherKeyId } = { botId: newUuid(), keyId: `bak_${newUuid()}` }
    const nowhere = doors(otherBotId, otherKeyId)
    for (const [name, knock] of Object.entries(doors(botId, keyId))) {
      const [closed, none] = [await knock(caller), await (nowhere[name] as typeof knock)(caller)]
      expect([name, closed.status]).toEqual([name, none.status])
      expect(closed.status).toBeGreaterThanOrEqual(400)
      const message = String(none.body['message']).replace(otherBotId, botId).replace(otherKeyId, keyId)
      expect({ ...closed.body, id: '' }).toEqual({ ...none.body, id: '', message })
    }
    expect(await listed(caller, botId)).toEqual([false, false])
    expect((await get(botId)).setting).toBe('SELECTED_USERS')
  })

  test('is there for who is selected, from the next request on, and no longer than that', async () => {
    const { botId, keyId } = await closedBot()
    const manager = await api.account('manager')
    const id = await userIdOf(manager)
    ok(await set(botId, { users: { [id]: true } }))
    expect(await listed(manager, botId)).toEqual([true, true])
    const { deleteBot: _, ...others } = doors(botId, keyId)
    for (const [name, knock] of Object.entries(others))
      expect([name, (await knock(manager)).status < 300]).toEqual([name, true])
    ok(await set(botId, { users: { [id]: false } }))
    const { listUsers } = others
    expect((await listUsers?.(manager))?.status).toBe(404)
  })

  test('is there for administrators, its own key and its API clients', async () => {
    const { botId } = await closedBot()
    for (const role of ['administrator', 'owner'] as const) {
      const caller = await api.account(role)
      expect(await listed(caller, botId)).toEqual([true, true])
      ok(await asIn(caller, botId).call('GET', '/v1/chat/users'))
    }
    ok(await (await api.bot(botId)).call('GET', `/v1/admin/bots/${botId}`))
    expect(await issueClient(administrator, { kind: 'bot', botId })).toHaveProperty('clientSecret')
  })

  test('forgets a selected member who leaves the workspace, even if they come back', async () => {
    const { botId } = await closedBot()
    const viewer = await api.account('viewer')
    const { id, userId, email } = ok<{ id: string; userId: string; email: string }>(
      await viewer.call('GET', '/v1/admin/workspace-members/me'),
    )
    ok(await set(botId, { users: { [userId]: true } }))
    ok(await viewer.call('GET', `/v1/admin/bots/${botId}`))
    ok(await administrator.call('DELETE', `/v1/admin/workspace-members/${id}`))
    ok(await administrator.call('POST', '/v1/admin/workspace-members', { email, role: 'viewer' }))
    expectRefusal(await viewer.call('GET', `/v1/admin/bots/${botId}`), 404, 'ResourceNotFound', /not found/)
    expect((await get(botId)).users).toEqual([])
  })
})
