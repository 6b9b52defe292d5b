import type { AuditRecord, HandleAvailability, PublicWorkspace, Workspace } from '@understudy/contract'
import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/workspaces'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

const ok = <T = Workspace>({ status, body }: Answer): T => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body as T
}
const make = async (name = 'Acme') => ok(await owner.call('POST', PATH, { name }))
const change = (id: string, changes: object, caller = owner) => caller.call('PUT', `${PATH}/${id}`, changes)
/** The owner, in another of their workspaces. */
const within = (workspaceId: string): Caller =>
  api.caller(String(owner.headers['authorization']).slice('Bearer '.length), { 'x-workspace-id': workspaceId })

test('who makes a workspace owns it, and works in it at once', async () => {
  const workspace = await make('Acme')
  expect(workspace).toMatchObject({ name: 'Acme', botCount: 0, blocked: false, plan: 'enterprise', isPublic: false })
  const me = ok<{ role: string; userId: string }>(
    await within(workspace.id).call('GET', '/v1/admin/workspace-members/me'),
  )
  expect(me).toMatchObject({ role: 'owner', userId: workspace.ownerId })
  ok(await within(workspace.id).call('POST', '/v1/admin/bots', {}))
  expect(ok(await owner.call('GET', `${PATH}/${workspace.id}`)).botCount).toBe(1)
})

test('a change keeps what it does not name', async () => {
  const { id } = await make()
  const all = {
    name: 'Renamed',
    spendingLimit: 20,
    about: 'We make everything',
    profilePicture: 'https://example.com/a.png',
    contactEmail: 'hello@example.com',
    website: 'https://example.com',
    socialAccounts: ['https://example.com/social'],
    accountType: 'free',
    handle: 'acme-one',
  }
  expect(ok(await change(id, all))).toMatchObject(all)
  expect(ok(await change(id, { about: '' }))).toMatchObject({ ...all, about: '' })
  expect(ok(await change(id, {}))).toMatchObject({ ...all, about: '' })
})

test.each([
  ['name', ''],
  ['name', 'x'.repeat(65)],
  ['spendingLimit', 4],
  ['handle', 'No'],
  ['handle', '-acme'],
  ['socialAccounts', ['a', 'b', 'c', 'd', 'e', 'f']],
])('a change of %s to %j is refused', async (field, value) => {
  const { id } = await make()
  expectRefusal(await change(id, { [field]: value }), 400, 'InvalidPayload', new RegExp(`^${field}`))
})

test('a workspace one is no member of can be neither changed nor deleted, nor told from none', async () => {
  const { workspaceId } = await api.neighbour()
  for (const id of [workspaceId, newUuid(), 'nonsense']) {
    expectRefusal(await change(id, { name: 'Mine' }), 404, 'ResourceNotFound', /not found/)
    expectRefusal(await owner.call('DELETE', `${PATH}/${id}`), 404, 'ResourceNotFound', /not found/)
  }
})

describe('a handle', () => {
  const check = async (handle: string, caller = owner) =>
    ok<HandleAvailability>(await caller.call('PUT', `${PATH}/handle-availability`, { handle }))

  test('belongs to one workspace, however many want it at once', async () => {
    const workspaces = await Promise.all(Array.from({ length: 5 }, () => make()))
    const answers = await Promise.all(workspaces.map(({ id }) => change(id, { handle: 'wanted' })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200))
      expectRefusal(answer, 409, 'AlreadyExists', /wanted/)
  })

  test('is free, or there are others that are', async () => {
    expect(await check('nobodys')).toEqual({ available: true, suggestions: [] })
    const { id } = await make()
    ok(await change(id, { handle: 'taken' }))
    ok(await change((await make()).id, { handle: 'taken-1' }))
    const answer = await check('taken')
    expect(answer).toMatchObject({ available: false, usedBy: id })
    expect(answer.suggestions).toEqual(['taken-2', 'taken-3', 'taken-4'])
    for (const suggested of answer.suggestions) expect((await check(suggested)).available).toBe(true)
  })

  test('of a stranger does not tell who the stranger is', async () => {
    ok(await change((await make()).id, { handle: 'secretive' }))
    const { asOwner } = await api.neighbour()
    expect(await check('secretive', asOwner)).not.toHaveProperty('usedBy')
  })

  test('that is none is not available', async () => {
    expect(await check('a')).toMatchObject({ available: false, suggestions: ['a-1', 'a-2', 'a-3'] })
    expectRefusal(
      await owner.call('PUT', `${PATH}/handle-availability`, { handle: 'No' }),
      400,
      'InvalidPayload',
      /^handle/,
    )
  })
})

describe('a public workspace', () => {
  const list = async (query: string, caller = owner) =>
    ok<{ workspaces: PublicWorkspace[]; meta: { nextToken?: string } }>(
      await caller.call('GET', `${PATH}/public?${query}`),
    )

  test('shows itself to everybody, without what is none of their business', async () => {
    const { id } = await make('Open house')
    const { asOwner: stranger } = await api.neighbour()
    expectRefusal(await stranger.call('GET', `${PATH}/${id}/public`), 404, 'ResourceNotFound', /not found/)
    expect(ok<PublicWorkspace>(await owner.call('GET', `${PATH}/${id}/public`)).id).toBe(id)
    ok(await change(id, { isPublic: true, handle: 'open-house' }))
    const shown = ok<PublicWorkspace>(await stranger.call('GET', `${PATH}/${id}/public`))
    expect(shown).toMatchObject({ id, name: 'Open house', handle: 'open-house' })
    expect(Object.keys(shown)).not.toEqual(expect.arrayContaining(['ownerId']))
    expect(shown).not.toHaveProperty('spendingLimit')
  })

  test('is listed, page by page, by id and by what people search for', async () => {
    const made = [await make('100% Tea'), await make('Tea and more'), await make('Coffee')].map(({ id }) => id)
    for (const id of made) ok(await change(id, { isPublic: true }))
    const hidden = (await make('Hidden tea')).id
    const ids = async (query: string) => (await list(query)).workspaces.map(({ id }) => id)
    expect(await ids('search=TEA')).toEqual([made[1], made[0]])
    expect(await ids(`search=${encodeURIComponent('%')}`)).toEqual([made[0]])
    expect(await ids(`search=${encodeURIComponent('\\')}`)).toEqual([])
    expect(await ids(`workspaceIds=${made[2]}&workspaceIds=${hidden}&workspaceIds=nonsense`)).toEqual([made[2]])
    const first = await list('search=tea&pageSize=1')
    const second = await list(`search=tea&pageSize=1&nextToken=${first.meta.nextToken}`)
    expect([...first.workspaces, ...second.workspaces].map(({ id }) => id)).toEqual([made[1], made[0]])
    expect(second.meta).toEqual({})
    const stolen = await owner.call('GET', `${PATH}/public?search=coffee&nextToken=${first.meta.nextToken}`)
    expectRefusal(stolen, 400, 'InvalidQuery', /nextToken/)
  })
})

describe('deleting a workspace', () => {
  const count = async (table: string, column: string, id: string) => {
    const text = `select count(*)::int as n from ${table} where ${column} = $1::uuid`
    const [row] = await api.platform.db.prisma.$queryRawUnsafe<[{ n: number }]>(text, id)
    return row.n
  }

  test('is for the owner', async () => {
    const { workspaceId } = api.home
    for (const role of ['viewer', 'manager', 'administrator'] as const)
      expectRefusal(await (await api.account(role)).call('DELETE', `${PATH}/${workspaceId}`), 403, 'Forbidden', /owner/)
  })

  test('leaves nothing of it behind but who closed it', async () => {
    const { workspaceId, botId, asOwner, asIntegration } = await api.neighbour()
    ok(await asOwner.call('POST', `${PATH}/preferences/theme`, { value: 'dark' }))
    expect((await asIntegration.call('POST', '/v1/chat/users', { tags: {} })).status).toBe(201)
    const message = await asIntegration.call('POST', '/v1/chat/events', { type: 'custom', payload: {} })
    expect(message.status).toBe(201)
    ok(await asOwner.call('DELETE', `${PATH}/${workspaceId}`))
    for (const table of ['users', 'events', 'deliveries', 'installations', 'tokens'])
      expect([table, await count(table, 'bot_id', botId)]).toEqual([table, 0])
    for (const table of ['bots', 'integration_families', 'workspace_members', 'workspace_preferences'])
      expect([table, await count(table, 'workspace_id', workspaceId)]).toEqual([table, 0])
    const left = await api.platform.db.prisma.auditRecord.findMany({ where: { workspaceId } })
    expect(left).toMatchObject([{ action: 'CLOSE_WORKSPACE', resourceId: workspaceId }])
    expectRefusal(await asOwner.call('GET', `${PATH}/${workspaceId}`), 404, 'ResourceNotFound', /not found/)
  })

  test('waits until no bot of others refers to its integrations', async () => {
    const { workspaceId, asOwner, ctx } = await api.neighbour()
    const shown = await createIntegration(ctx, { name: 'shown', version: '1.0.0', visibility: 'public' })
    const admin = await api.owner()
    const { bot } = ok<{ bot: { id: string } }>(await owner.call('POST', '/v1/admin/bots', {}))
    await updateBot(admin, bot.id, { integrations: { shown: { integrationId: shown.id, enabled: true } } }, 'alias')
    const refused = await asOwner.call('DELETE', `${PATH}/${workspaceId}`)
    expectRefusal(refused, 409, 'ReferenceConstraint', /Bots of other workspaces/)
    expect(ok(await asOwner.call('GET', `${PATH}/${workspaceId}`)).botCount).toBe(1)
    ok(await owner.call('DELETE', `/v1/admin/bots/${bot.id}`))
    ok(await asOwner.call('DELETE', `${PATH}/${workspaceId}`))
  })

  test('while others work in it ends well for everybody', async () => {
    const { workspaceId, botId, integrationId, asOwner, asIntegration } = await api.neighbour()
    const work = [
      () => asOwner.call('POST', '/v1/admin/bots', {}),
      () => asOwner.call('PUT', `/v1/admin/bots/${botId}`, { name: 'Renamed' }),
      () => asOwner.call('POST', '/v1/admin/integrations', { name: `x${newUuid().slice(0, 8)}`, version: '1.0.0' }),
      () => asOwner.call('PUT', `/v1/admin/integrations/${integrationId}`, { title: 'Renamed' }),
      () => asOwner.call('POST', '/v1/admin/workspace-members', { email: `${newUuid()}@example.com`, role: 'viewer' }),
      () => asOwner.call('POST', `${PATH}/preferences/theme`, { value: newUuid() }),
      () => asOwner.call('PUT', `${PATH}/${workspaceId}`, { about: newUuid() }),
      () => asIntegration.call('POST', '/v1/chat/users', { tags: {} }),
    ]
    const [deleted, ...others] = await Promise.all([
      asOwner.call('DELETE', `${PATH}/${workspaceId}`),
      ...Array.from({ length: 3 }, () => work.map((one) => one())).flat(),
    ])
    ok(deleted)
    expect(others.filter(({ status }) => status >= 500).map(({ body }) => body)).toEqual([])
    expect(await count('bots', 'workspace_id', workspaceId)).toBe(0)
  })
})

describe('the records', () => {
  const records = async (workspaceId: string, query = '', caller = owner) =>
    ok<{ records: AuditRecord[]; meta: { nextToken?: string } }>(
      await caller.call('GET', `${PATH}/${workspaceId}/audit-records?${query}`),
    )

  test('tell who did what, newest first, page by page', async () => {
    const { id } = await make('Watched')
    const inside = within(id)
    ok(await change(id, { about: 'x', spendingLimit: 7 }))
    const { bot } = ok<{ bot: { id: string; name: string } }>(
      await inside.call('POST', '/v1/admin/bots', { name: 'b' }),
    )
    ok(await inside.call('PUT', `/v1/admin/bots/${bot.id}`, { configuration: { data: {} } }))
    ok(await inside.call('PUT', `/v1/admin/bots/${bot.id}`, { code: 'x', name: 'c' }))
    ok(await inside.call('PUT', `/v1/admin/bots/${bot.id}`, { description: 'd' }))
    const email = `${newUuid()}@example.com`
    const member = ok<{ id: string; userId: string }>(
      await inside.call('POST', '/v1/admin/workspace-members', { email, role: 'viewer' }),
    )
    ok(await inside.call('PUT', `/v1/admin/workspace-members/${member.id}`, { role: 'manager' }))
    ok(await inside.call('DELETE', `/v1/admin/workspace-members/${member.id}`))
    ok(await inside.call('DELETE', `/v1/admin/bots/${bot.id}`))

    const all = (await records(id)).records
    expect(all.map(({ action, value, resourceName }) => [action, resourceName, value])).toEqual([
      ['DELETE_BOT', 'c', null],
      ['REMOVE_WORKSPACE_MEMBER', email, 'manager'],
      ['UPDATE_WORKSPACE_MEMBER', email, 'manager'],
      ['ADD_WORKSPACE_MEMBER', email, 'viewer'],
      ['UPDATE_BOT', 'c', 'description'],
      ['DEPLOY_BOT', 'c', 'code, name'],
      ['UPDATE_BOT_CONFIG', 'b', 'configuration'],
      ['CREATE_BOT', 'b', null],
      ['SET_SPENDING_LIMIT', 'Watched', '7'],
      ['UPDATE_WORKSPACE', 'Watched', 'about'],
      ['CREATE_WORKSPACE', 'Watched', null],
    ])
    const { account } = ok<{ account: { id: string; email: string } }>(await owner.call('GET', '/v1/admin/account/me'))
    for (const record of all)
      expect(record).toMatchObject({
        id: expect.stringMatching(/^audit_/),
        userId: account.id,
        userEmail: account.email,
        recordedAt: expect.stringMatching(/Z$/),
      })
    expect(all[0]?.resourceId).toBe(bot.id)
    expect(all[1]?.resourceId).toBe(member.userId)

    const walked: AuditRecord[] = []
    let token: string | undefined
    do {
      const page = await records(id, `pageSize=4${token ? `&nextToken=${token}` : ''}`)
      walked.push(...page.records)
      token = page.meta.nextToken
    } while (token)
    expect(walked).toEqual(all)
  })

  test('hold nothing of what did not happen', async () => {
    const { id } = await make()
    const inside = within(id)
    const { bot } = ok<{ bot: { id: string } }>(await inside.call('POST', '/v1/admin/bots', {}))
    const before = (await records(id)).records.length
    const integrations = { [newUuid()]: { enabled: true } }
    expect((await inside.call('PUT', `/v1/admin/bots/${bot.id}`, { name: 'no', integrations })).status).toBe(400)
    expect((await inside.call('DELETE', `/v1/admin/bots/${newUuid()}`)).status).toBe(404)
    expect((await change(id, { handle: 'understudy' })).status).toBe(409)
    expect((await records(id)).records).toHaveLength(before)
  })
})
