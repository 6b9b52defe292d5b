import type { Integration, PublicIntegration, PublicIntegrationSummary } from '@understudy/contract'
import { updateBotAllowlist } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/integrations'
const HUB = '/v1/admin/hub/integrations'

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller
let neighbour: Awaited<ReturnType<typeof api.neighbour>>

beforeAll(async () => {
  api = await startApi()
  developer = await api.account('developer')
  neighbour = await api.neighbour()
})

const integrationIn = <I = Integration>({ status, body }: Answer): I => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['integration'] as I
}
const publish = async (name: string, properties: object = {}, caller = developer) =>
  integrationIn(await caller.call('POST', PATH, { name, version: '1.0.0', visibility: 'public', ...properties }))
const byName = (name: string, version: string, caller = neighbour.asOwner) =>
  caller.call('GET', `${HUB}/${encodeURIComponent(name)}/${encodeURIComponent(version)}`)
const page = async (query: string, caller = neighbour.asOwner) => {
  const { status, body } = await caller.call('GET', `${HUB}?${query}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as { integrations: PublicIntegrationSummary[]; meta: { nextToken?: string } }
}
const listed = async (query: string, caller = neighbour.asOwner) => {
  const seen: string[] = []
  let token: string | undefined
  do {
    const { integrations, meta } = await page(`${query}${token ? `&nextToken=${token}` : ''}`, caller)
    seen.push(...integrations.map(({ name, version }) => `${name}@${version}`))
    token = meta.nextToken
  } while (token)
  return seen
}
const install = (caller: Caller, botId: string, integrationId: string) =>
  caller.call('PUT', `/v1/admin/bots/${botId}`, { integrations: { [integrationId]: { integrationId, enabled: true } } })

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

describe('somebody of another workspace', () => {
  test('reads all a public version declares, whose it is, and none of its secrets', async () => {
    const properties = { secrets: { KEY: 'v' }, events: { squawk: { schema: {} } }, title: 'Open' }
    const { id } = await publish('understudy/open', properties)
    const expected = {
      id,
      ...{ name: 'understudy/open', title: 'Open', visibility: 'public', public: true, dev: false },
      ...{ events: { squawk: { schema: {} } }, signingSecret: '', secrets: [], url: '' },
      ownerWorkspace: { id: api.home.workspaceId, handle: 'understudy', name: 'Understudy' },
      meta: { installs: 0, views: 0 },
    }
    expect(integrationIn(await neighbour.asOwner.call('GET', `${HUB}/${id}`))).toMatchObject(expected)
    expect(integrationIn(await byName('understudy/open', 'latest'))).toMatchObject(expected)
    expect((await neighbour.asOwner.call('GET', `${PATH}/${id}`)).status).toBe(404)
  })

  test('finds the version that is meant: latest, exactly, or the best of a range', async () => {
    for (const version of ['1.0.0', '1.2.0', '2.0.0-rc.1']) await publish('ranged', { version })
    const versionOf = async (wanted: string) => integrationIn<PublicIntegration>(await byName('ranged', wanted)).version
    expect(await versionOf('latest')).toBe('1.2.0')
    expect(await versionOf('1.0.0')).toBe('1.0.0')
    expect(await versionOf('<1.2.0')).toBe('1.0.0')
    expect(await versionOf('2.0.0-rc.1')).toBe('2.0.0-rc.1')
    expect(await listed('name=ranged')).toHaveLength(3)
    expect(await listed('name=ranged&version=latest')).toEqual(['ranged@1.2.0'])
    expectRefusal(await byName('ranged', '>2'), 404, 'ResourceNotFound', /ranged@>2/)
    expectRefusal(await byName('ranged', 'nonsense'), 404, 'ResourceNotFound', /nonsense/)
  })

  test('finds an unlisted version by its id or its exact version, and installs it', async () => {
    const { id } = await publish('hushed', { visibility: 'unlisted' })
    await publish('hushed', { version: '0.9.0' })
    expect(integrationIn<PublicIntegration>(await byName('hushed', '1.0.0')).visibility).toBe('unlisted')
    expect((await neighbour.asOwner.call('GET', `${HUB}/${id}`)).status).toBe(200)
    expect(await listed('name=hushed')).toEqual(['hushed@0.9.0'])
    expect(integrationIn<PublicIntegration>(await byName('hushed', 'latest')).version).toBe('0.9.0')
    expect((await byName('hushed', '>=1.0.0')).status).toBe(404)
    expect((await install(neighbour.asOwner, neighbour.botId, id)).status).toBe(200)
  })

  test.each([
    ['private', { visibility: 'private' }],
    ['under development', { dev: true, url: 'http://127.0.0.1:1' }],
  ])('finds nothing of a version that is %s, and cannot install it', async (kind, properties) => {
    const name = `hidden-${kind.replaceAll(' ', '-')}`
    const { id } = await publish(name, properties)
    for (const caller of [neighbour.asOwner, developer]) {
      expect((await caller.call('GET', `${HUB}/${id}`)).status).toBe(404)
      for (const version of ['1.0.0', 'latest', '*']) expect((await byName(name, version, caller)).status).toBe(404)
      expect(await listed(`search=${name}`, caller)).toEqual([])
    }
    const { body } = await install(neighbour.asOwner, neighbour.botId, id)
    expect(body).toMatchObject({ type: 'ReferenceNotFound' })
  })

  test('installs a public version, which then cannot be deleted, changed or made private', async () => {
    const { id } = await publish('wanted', { events: { squawk: { schema: {} } } })
    const { body, status } = await install(neighbour.asOwner, neighbour.botId, id)
    expect(status, JSON.stringify(body)).toBe(200)
    expect((await page('name=wanted')).integrations[0]?.meta).toEqual({ installs: 1, views: 0 })
    const change = (changes: object) => developer.call('PUT', `${PATH}/${id}`, changes)
    expectRefusal(await developer.call('DELETE', `${PATH}/${id}`), 409, 'ReferenceConstraint', /installed/)
    expectRefusal(await change({ events: { squawk: null } }), 400, 'BreakingChanges', /new version/)
    expectRefusal(await change({ visibility: 'private' }), 400, 'BreakingChanges', /other workspaces/)
    expectRefusal(await change({ public: false }), 400, 'BreakingChanges', /other workspaces/)
    expect((await change({ visibility: 'unlisted' })).status).toBe(200)
    expectRefusal(await change({ events: { squawk: null } }), 400, 'BreakingChanges', /unlisted/)

    await neighbour.asOwner.call('PUT', `/v1/admin/bots/${neighbour.botId}`, { integrations: { [id]: null } })
    expect((await change({ visibility: 'private', events: { squawk: null } })).status).toBe(200)
    expect((await neighbour.asOwner.call('GET', `${HUB}/${id}`)).status).toBe(404)
  })
})

describe('a name', () => {
  test('begins with no handle but that of its workspace', async () => {
    const create = (caller: Caller, name: string) => caller.call('POST', PATH, { name, version: '1.0.0' })
    expectRefusal(await create(developer, 'botpress/slack'), 400, 'InvalidPayload', /understudy/)
    expectRefusal(await create(neighbour.asOwner, 'understudy/slack'), 400, 'InvalidPayload', /none yet/)
    expect((await create(developer, 'understudy/slack')).status).toBe(200)
  })

  test('stays its own when the workspace is called something else by then', async () => {
    const other = await api.neighbour()
    const rename = (handle: string) =>
      other.asOwner.call('PUT', `/v1/admin/workspaces/${other.workspaceId}`, { handle })
    const create = (name: string, version: string) => other.asOwner.call('POST', PATH, { name, version })
    await rename('before')
    expect((await create('before/parrot', '1.0.0')).status).toBe(200)
    await rename('after')
    expect((await create('before/parrot', '1.1.0')).status).toBe(200)
    expectRefusal(await create('before/other', '1.0.0'), 400, 'InvalidPayload', /after/)
  })

  test('means one integration in the hub: that of the workspace that published under it first', async () => {
    const mine = await publish('contested')
    const theirs = await publish('contested', { visibility: 'private' }, neighbour.asOwner)
    const again = { name: 'contested', version: '2.0.0', public: true }
    expectRefusal(await neighbour.asOwner.call('POST', PATH, again), 409, 'AlreadyExists', /Another workspace/)
    const change = await neighbour.asOwner.call('PUT', `${PATH}/${theirs.id}`, { visibility: 'unlisted' })
    expectRefusal(change, 409, 'AlreadyExists', /Another workspace/)
    expect(integrationIn<PublicIntegration>(await byName('contested', 'latest')).id).toBe(mine.id)
    const development = { dev: true, url: 'http://127.0.0.1:1' }
    expect((await publish('contested', development, neighbour.asOwner)).dev).toBe(true)
  })

  test('is published by one of ten workspaces that do so at once', async () => {
    const others = await Promise.all(Array.from({ length: 10 }, () => api.neighbour()))
    const answers = await Promise.all(
      others.map(({ asOwner }) => asOwner.call('POST', PATH, { name: 'raced', version: '1.0.0', public: true })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200))
      expectRefusal(answer, 409, 'AlreadyExists', /raced/)
  })
})

describe('the list', () => {
  beforeAll(async () => {
    const schema = { schema: {} }
    const actions = { squawkLoudly: { input: schema, output: schema }, rest: { input: schema, output: schema } }
    await publish('hub-b', { title: 'Grey bird', actions })
    await publish('hub-a', { description: 'Squawks' })
    await publish('hub-c', { title: 'squawker' }, neighbour.asOwner)
    await publish('hub-d', { title: 'squawker', visibility: 'private' })
  })

  test('finds text in names, titles, descriptions and names of actions, and says where', async () => {
    const { integrations } = await page('search=SQUAWK&sortBy=name&direction=asc')
    const nowhere = { name: false, title: false, description: false, actions: [], interfaces: [] }
    expect(integrations.map(({ name, matchedOn }) => [name, matchedOn])).toEqual([
      ['hub-a', { ...nowhere, description: true }],
      ['hub-b', { ...nowhere, actions: ['squawkLoudly'] }],
      ['hub-c', { ...nowhere, title: true }],
    ])
    expect((await page('name=hub-a')).integrations[0]).not.toHaveProperty('matchedOn')
  })

  test.each([
    ['sortBy=name&direction=asc', ['hub-a@1.0.0', 'hub-b@1.0.0', 'hub-c@1.0.0']],
    ['sortBy=name&direction=desc', ['hub-c@1.0.0', 'hub-b@1.0.0', 'hub-a@1.0.0']],
    ['sortBy=createdAt&direction=asc', ['hub-b@1.0.0', 'hub-a@1.0.0', 'hub-c@1.0.0']],
    ['', ['hub-c@1.0.0', 'hub-a@1.0.0', 'hub-b@1.0.0']],
  ])('goes by %j, page by page', async (query, expected) => {
    expect(await listed(`search=squawk&pageSize=1&${query}`)).toEqual(expected)
  })

  test('puts first what most bots have', async () => {
    const [bot] = (await page('name=hub-b')).integrations
    await install(developer, api.home.botId, String(bot?.id))
    expect((await listed('search=squawk&sortBy=popularity'))[0]).toBe('hub-b@1.0.0')
    expect((await listed('search=squawk&pageSize=1&sortBy=installCount&direction=asc')).at(-1)).toBe('hub-b@1.0.0')
  })

  test('holds what a bot has, if it is a bot of whoever asks', async () => {
    const query = `installedByBotId=${api.home.botId}&name=emulator`
    expect(await listed(query, developer)).toEqual(['emulator@1.0.0'])
    expect(await listed(query, neighbour.asOwner)).toEqual([])
    expect(await listed('installedByBotId=nonsense')).toEqual([])
    await updateBotAllowlist(await api.owner(), api.home.botId, { setting: 'SELECTED_USERS' })
    expect(await listed(query, developer)).toEqual([])
    await updateBotAllowlist(await api.owner(), api.home.botId, { setting: 'ALL_WORKSPACE_USERS' })
  })

  test('tells apart what waits to be verified', async () => {
    const [{ id } = { id: '' }] = (await page('name=hub-a')).integrations
    expect(await listed('name=hub-a&verificationStatus=pending')).toEqual([])
    const request = { integrationId: id }
    expect((await developer.call('POST', `${PATH}/request-verification`, request)).status).toBe(200)
    expect(await listed('name=hub-a&verificationStatus=pending')).toEqual(['hub-a@1.0.0'])
    const foreign = await neighbour.asOwner.call('POST', `${PATH}/request-verification`, request)
    expectRefusal(foreign, 400, 'ReferenceNotFound', /integrationId/)
  })

  test('keeps its token to itself', async () => {
    const { meta } = await page('search=squawk&pageSize=1')
    const next = `pageSize=1&nextToken=${meta.nextToken}`
    expect((await developer.call('GET', `${HUB}?search=other&${next}`)).body).toMatchObject({ type: 'InvalidQuery' })
    expect((await developer.call('GET', `${PATH}?search=squawk&${next}`)).body).toMatchObject({ type: 'InvalidQuery' })
  })
})
