import type { AuditRecord, Bot, BotAllowlist, Role } from '@understudy/contract'
import { createWorkspace, newUuid } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueClient, tokenFor } from '../testing/access-token.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller
/** Another workspace, with the same owner. */
let annexId: string

beforeAll(async () => {
  api = await startApi()
  annexId = (await createWorkspace(await api.owner(), { name: 'Annex' })).id
  owner = await member('owner', 'owner')
})

const userIdOf = async (caller: Caller) =>
  ok<{ userId: string }>(await caller.call('GET', '/v1/admin/workspace-members/me')).userId

/** A member of the workspace the bots are in, and of the annex if told. */
const member = (role: Role, annexRole?: Role): Promise<Caller> =>
  api.account(role, {}, annexRole ? { [annexId]: annexRole } : {})
const asIn = (caller: Caller, workspaceId: string, more: Record<string, string> = {}) =>
  api.caller(String(caller.headers['authorization']).slice('Bearer '.length), {
    'x-workspace-id': workspaceId,
    ...more,
  })

const ok = <T = Record<string, unknown>>({ status, body }: Answer): T => {
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body as T
}
const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}
const make = async (input: object = {}) =>
  ok<{ bot: Bot }>(await owner.call('POST', '/v1/admin/bots', { name: 'Wanderer', ...input })).bot
const move = (id: string, targetWorkspaceId = annexId, caller = owner) =>
  caller.call('POST', `/v1/admin/bots/${id}/transfer`, { targetWorkspaceId })
const get = (id: string, workspaceId: string, caller = owner) =>
  asIn(caller, workspaceId, { 'x-multiple-integrations': 'true' }).call('GET', `/v1/admin/bots/${id}`)
const change = (id: string, workspaceId: string, integrations: object) =>
  asIn(owner, workspaceId, { 'x-multiple-integrations': 'true' }).call('PUT', `/v1/admin/bots/${id}`, { integrations })
const records = async (workspaceId: string, id: string) => {
  const { records: all } = ok<{ records: AuditRecord[] }>(
    await owner.call('GET', `/v1/admin/workspaces/${workspaceId}/audit-records?pageSize=100`),
  )
  return all.filter(({ resourceId, action }) => resourceId === id && action === 'TRANSFER_BOT')
}

describe('a transferred bot', () => {
  test('is in the other workspace and no longer in the old one, with its keys, clients, conversations and name', async () => {
    const emulator = { integrationId: api.home.emulatorIntegrationId, enabled: true }
    const { id } = await make()
    ok(await change(id, api.home.workspaceId, { emulator }))
    const [bot, integration] = [await api.bot(id), await api.integration(api.home.emulatorIntegrationId, id)]
    const client = api.caller(await tokenFor(api.url, await issueClient(owner, { kind: 'bot', botId: id })), {
      'x-bot-id': id,
    })
    const { conversation } = ok<{ conversation: { id: string } }>(
      await integration.call('POST', '/v1/chat/conversations', { channel: 'channel', tags: {} }),
    )
    expect(ok(await move(id))).toEqual({})

    expectRefusal(await get(id, api.home.workspaceId), 404, 'ResourceNotFound', /not found/)
    expect(ok<{ bot: Bot }>(await get(id, annexId)).bot).toMatchObject({
      name: 'Wanderer',
      integrations: { emulator: { enabled: true } },
    })
    for (const caller of [bot, client, integration])
      ok(await caller.call('GET', `/v1/chat/conversations/${conversation.id}`))
    expect(ok<{ bot: Bot }>(await bot.call('GET', `/v1/admin/bots/${id}`)).bot.id).toBe(id)
    const stranger = await member('administrator')
    const reach = asIn(stranger, api.home.workspaceId, { 'x-bot-id': id })
    await expect
      .poll(async () => (await reach.call('GET', `/v1/chat/conversations/${conversation.id}`)).status)
      .toBe(404)
  })

  test('is on record in both workspaces', async () => {
    const { id } = await make()
    ok(await move(id))
    const [left, arrived] = [await records(api.home.workspaceId, id), await records(annexId, id)]
    expect(left).toMatchObject([{ resourceName: 'Wanderer', value: `to ${annexId}` }])
    expect(arrived).toMatchObject([{ resourceName: 'Wanderer', value: `from ${api.home.workspaceId}` }])
  })

  test('keeps a private integration it has, and gets nothing else of the workspace it left', async () => {
    const integration = async (version: string, name = 'private') =>
      ok<{ integration: { id: string } }>(
        await owner.call('POST', '/v1/admin/integrations', { name, version, visibility: 'private' }),
      ).integration.id
    const [installed, newer, other] = [
      await integration('1.0.0'),
      await integration('1.1.0'),
      await integration('1.0.0', 'other'),
    ]
    const { id } = await make()
    ok(await change(id, api.home.workspaceId, { it: { integrationId: installed, enabled: true } }))
    ok(await move(id))

    const configured = await change(id, annexId, { it: { integrationId: installed, enabled: false } })
    expect(ok<{ bot: Bot }>(configured).bot.integrations['it']).toMatchObject({ id: installed, enabled: false })
    for (const integrationId of [newer, other])
      expectRefusal(
        await change(id, annexId, { it: { integrationId, enabled: true } }),
        400,
        'ReferenceNotFound',
        /integrations\.it/,
      )
    ok(await change(id, annexId, { it: null }))
    const again = await change(id, annexId, { it: { integrationId: installed, enabled: true } })
    expectRefusal(again, 400, 'ReferenceNotFound', /integrations\.it/)
  })

  test('stays one for selected members, of whom only who moved it is one', async () => {
    const mover = await member('manager', 'developer')
    const other = await member('developer', 'developer')
    const [moverId, otherId] = [await userIdOf(mover), await userIdOf(other)]
    const { id } = await make()
    const selected = { setting: 'SELECTED_USERS', users: { [moverId]: true, [otherId]: true } }
    ok(await owner.call('PUT', `/v1/admin/bots/${id}/allowlist`, selected))
    ok(await move(id, annexId, mover))
    expect(ok<BotAllowlist>(await asIn(owner, annexId).call('GET', `/v1/admin/bots/${id}/allowlist`))).toEqual({
      setting: 'SELECTED_USERS',
      users: [{ id: moverId }],
    })
    ok(await get(id, annexId, mover))
    expectRefusal(await get(id, annexId, other), 404, 'ResourceNotFound', /not found/)
  })
})

describe('a bot is not transferred', () => {
  test('by whom the old or the new workspace does not let, and the refusal says why', async () => {
    const { id } = await make()
    const by = async (role: Role, annexRole?: Role) => move(id, annexId, await member(role, annexRole))
    expectRefusal(await by('developer', 'owner'), 403, 'Forbidden', /manager or more/)
    expectRefusal(await by('manager', 'viewer'), 403, 'Forbidden', /targetWorkspaceId.*developer or more/)
    expectRefusal(await by('manager', 'billing'), 403, 'Forbidden', /targetWorkspaceId.*developer or more/)
    const unknown = newUuid()
    const [foreign, none] = [await by('manager'), await move(id, unknown)]
    expectRefusal(none, 400, 'ReferenceNotFound', /targetWorkspaceId/)
    expect({ ...foreign.body, id: '' }).toEqual({
      ...none.body,
      id: '',
      message: String(none.body['message']).replace(unknown, annexId),
    })
    expectRefusal(await move(id, api.home.workspaceId), 400, 'InvalidPayload', /targetWorkspaceId/)
    expect(await records(annexId, id)).toEqual([])
    ok(await get(id, api.home.workspaceId))
    ok(await by('manager', 'developer'))
  })

  test('twice: of many at once one wins, and the others find nothing', async () => {
    const { id } = await make()
    const answers = await Promise.all(Array.from({ length: 6 }, () => move(id)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404, 404, 404])
    expect(await records(annexId, id)).toHaveLength(1)
  })

  test('once it is deleted, nor deleted once it is transferred: exactly one of the two happens', async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await make()
      const deletion = () => owner.call('DELETE', `/v1/admin/bots/${id}`)
      const attempts = round % 2 ? [move(id), deletion()] : [deletion(), move(id)]
      const statuses = (await Promise.all(attempts)).map(({ status }) => status)
      expect(statuses.toSorted()).toEqual([200, 404])
      const moved = statuses[round % 2 ? 0 : 1] === 200
      expect((await get(id, annexId)).status).toBe(moved ? 200 : 404)
    }
  })

  test('into a workspace that is deleted at the same time, unless it goes with it', async () => {
    for (let round = 0; round < 4; round++) {
      const { id: targetId } = ok<{ id: string }>(await owner.call('POST', '/v1/admin/workspaces', { name: 'Brief' }))
      const { id } = await make()
      // The cached identity may not know the new membership yet.
      await expect.poll(async () => (await get(id, targetId)).body['message']).toMatch(/Bot/)
      const [moved, deleted] = await Promise.all([
        move(id, targetId),
        owner.call('DELETE', `/v1/admin/workspaces/${targetId}`),
      ])
      expect(deleted.status).toBe(200)
      const left = await get(id, api.home.workspaceId)
      if (moved.status === 200) expect(left.status).toBe(404)
      else {
        expectRefusal(moved, 400, 'ReferenceNotFound', /targetWorkspaceId/)
        expect(left.status).toBe(200)
      }
    }
  })
})
