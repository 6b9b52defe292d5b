import type { Integration, Interface, InterfaceSummary } from '@understudy/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/interfaces'
const HUB = '/v1/admin/hub/interfaces'
const INTEGRATIONS = '/v1/admin/integrations'

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller
let neighbour: Awaited<ReturnType<typeof api.neighbour>>

beforeAll(async () => {
  api = await startApi()
  developer = await api.account('developer')
  neighbour = await api.neighbour()
})

const interfaceIn = ({ status, body }: Answer): Interface => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['interface'] as Interface
}
const integrationIn = ({ status, body }: Answer): Integration => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['integration'] as Integration
}
const create = (name: string, properties: object = {}, caller = developer) =>
  caller.call('POST', PATH, { name, version: '1.0.0', ...properties })
const publish = async (name: string, properties: object = {}, caller = developer) =>
  interfaceIn(await create(name, { public: true, ...properties }, caller))
const byName = (name: string, version: string, caller = developer, path = PATH) =>
  caller.call('GET', `${path}/${encodeURIComponent(name)}/${encodeURIComponent(version)}`)
const listed = async (path: string, query: string, caller = developer) => {
  const seen: string[] = []
  let token: string | undefined
  do {
    const { status, body } = await caller.call('GET', `${path}?${query}${token ? `&nextToken=${token}` : ''}`)
    expect(status, JSON.stringify(body)).toBe(200)
    const page = body as { interfaces: InterfaceSummary[]; meta: { nextToken?: string } }
    seen.push(...page.interfaces.map(({ name, version }) => `${name}@${version}`))
    token = page.meta.nextToken
  } while (token)
  return seen
}
const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

const item = { schema: { type: 'object', properties: { title: { type: 'string' } } } }
const creatable = {
  entities: { item },
  events: { created: { schema: { type: 'object', properties: { item: { $ref: 'item' } } } } },
  actions: { create: { input: { schema: { $ref: 'item' } }, output: { schema: {} } } },
  channels: { room: { title: 'Room', messages: { text: { schema: {} }, image: { schema: {} } } } },
  nameTemplate: { script: '{{= it.item }}-{{= it.create }}', language: 'doT' },
  attributes: { kind: 'list' },
}

test('an interface reads as it was made; what its schemas refer to are its entities, and what tools add beside is ignored', async () => {
  const junk = { uri: '/home/somebody', definition: { implementation: { type: 'Buffer', data: [1, 2] } }, type: 'x' }
  const properties = { title: 'Creatable', sdkVersion: '0.10.10', readme: Buffer.from('# Hi').toString('base64') }
  const made = interfaceIn(await create('understudy/creatable', { ...creatable, ...properties, ...junk }))
  const expected = { ...creatable, name: 'understudy/creatable', version: '1.0.0', title: 'Creatable', public: false }
  expect(made).toMatchObject(expected)
  expect(Object.keys(made)).not.toEqual(expect.arrayContaining(['uri']))
  expect(interfaceIn(await developer.call('GET', `${PATH}/${made.id}`))).toEqual(made)
  expect(interfaceIn(await byName('understudy/creatable', 'latest'))).toEqual(made)
  expect((await neighbour.asOwner.call('GET', `${PATH}/${made.id}`)).status).toBe(404)
  expect((await neighbour.asOwner.call('GET', `${HUB}/${made.id}`)).status).toBe(404)
  const readme = await fetch(made.readmeUrl.replace(api.platform.publicUrl, api.url))
  expect(await readme.text()).toBe('# Hi')
})

test('a change is by name: null removes, what is not mentioned stays', async () => {
  const { id } = interfaceIn(await create('changing', creatable))
  const change = { channels: { room: { messages: { image: null } } }, events: { created: null }, nameTemplate: null }
  const changed = interfaceIn(await developer.call('PUT', `${PATH}/${id}`, { ...change, title: 'Changed' }))
  const { nameTemplate: _, ...rest } = creatable
  expect(changed).toMatchObject({
    ...{ ...rest, title: 'Changed', events: {} },
    channels: { room: { title: 'Room', messages: { text: { schema: {} } } } },
  })
  expect(Object.keys(changed.channels['room']?.messages ?? {})).toEqual(['text'])
  expect(changed.nameTemplate).toBeUndefined()
})

test.each([
  ['a version that is none', { version: '1' }, 400, 'InvalidPayload', /version/],
  ['a schema that is none', { entities: { a: { schema: { type: 'x' } } } }, 400, 'InvalidJsonSchema', /entities\.a/],
  ['an entity nobody declared', { events: { e: { schema: { $ref: 'x' } } } }, 400, 'InvalidJsonSchema', /"x"/],
  ['an icon that is no image', { icon: 'AAAA' }, 400, 'InvalidPayload', /icon/],
  ['a version that there is', { version: '3.0.0' }, 409, 'AlreadyExists', /3\.0\.0/],
  ["somebody else's handle", { name: 'botpress/hitl' }, 400, 'InvalidPayload', /handle/],
])('%s is refused', async (_, properties, code, type, message) => {
  await create('refused', { version: '3.0.0' })
  expectRefusal(await create('refused', properties), code, type, message)
})

describe('in the hub', () => {
  test('everybody finds the version that is meant: latest, exactly, or the best of a range', async () => {
    for (const version of ['1.0.0', '1.2.0', '2.0.0-rc.1']) await publish('ranged', { version })
    await create('ranged', { version: '9.0.0' })
    const wishes = { latest: '1.2.0', '1.0.0': '1.0.0', '<1.2.0': '1.0.0', '2.0.0-rc.1': '2.0.0-rc.1' }
    for (const [wish, version] of Object.entries(wishes)) {
      const found = interfaceIn(await byName('ranged', wish, neighbour.asOwner, HUB))
      expect(found.version).toBe(version)
      expect(interfaceIn(await neighbour.asOwner.call('GET', `${HUB}/${found.id}`))).toEqual(found)
    }
    expect(interfaceIn(await byName('ranged', 'latest')).version).toBe('9.0.0')
    expect((await byName('ranged', '9.0.0', neighbour.asOwner, HUB)).status).toBe(404)
    expect(await listed(HUB, 'name=ranged&pageSize=1', neighbour.asOwner)).toEqual([
      ...['ranged@2.0.0-rc.1', 'ranged@1.2.0', 'ranged@1.0.0'],
    ])
    expect(await listed(HUB, 'name=ranged&version=latest', neighbour.asOwner)).toEqual(['ranged@1.2.0'])
    expect(await listed(PATH, 'name=ranged&version=latest')).toEqual(['ranged@9.0.0'])
    expect(await listed(PATH, '', neighbour.asOwner)).toEqual([])
    const { body } = await developer.call('GET', `${HUB}?version=nonsense!`)
    expect(body).toMatchObject({ type: 'InvalidQuery' })
  })

  test('what a version declares is frozen, how it is described is not', async () => {
    const { id } = await publish('frozen', creatable)
    const change = (changes: object) => developer.call('PUT', `${PATH}/${id}`, changes)
    expectRefusal(await change({ events: { created: null } }), 400, 'BreakingChanges', /new version/)
    expect((await change({ ...creatable, title: 'Better' })).status).toBe(200)
  })

  test('a name means one interface: of ten workspaces that publish at once, one does', async () => {
    const others = await Promise.all(Array.from({ length: 10 }, () => api.neighbour()))
    const answers = await Promise.all(others.map(({ asOwner }) => create('raced', { public: true }, asOwner)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(409)])
  })
})

describe('an integration', () => {
  const implement = (interfaces: object, properties: object = {}, caller = neighbour.asOwner) =>
    caller.call('POST', INTEGRATIONS, { name: `n${++count}`, version: '1.0.0', interfaces, ...properties })
  let count = 0

  test('implements what is public, or of its own workspace, and says how; lists find it by that', async () => {
    const { id } = await publish('shared', creatable)
    const how = { entities: { item: { name: 'task' } }, actions: { create: { name: 'createTask' } } }
    const made = integrationIn(await implement({ 'shared<task>': { id, ...how, uri: 'x', definition: {} } }))
    const shown = { 'shared<task>': { id, name: 'shared', version: '1.0.0', ...how, events: {}, channels: {} } }
    expect(made.interfaces).toEqual(shown)
    const found = async (query: string, caller = neighbour.asOwner) => {
      const { body } = await caller.call('GET', `${INTEGRATIONS}?${query}`)
      return body['integrations'] as { id: string; matchedOn?: { interfaces: string[] } }[]
    }
    for (const query of [`interfaceId=${id}`, 'interfaceName=shared', 'search=shar'])
      expect((await found(query)).map((one) => one.id)).toEqual([made.id])
    expect((await found('search=shar'))[0]?.matchedOn?.interfaces).toEqual(['shared'])
    for (const query of ['interfaceId=x', 'interfaceName=none']) expect(await found(query)).toEqual([])
    expect(await found(`interfaceId=${id}`, developer)).toEqual([])

    // A change that does not mention interfaces leaves them, one that does is by alias.
    const change = async (changes: object) =>
      integrationIn(await neighbour.asOwner.call('PUT', `${INTEGRATIONS}/${made.id}`, changes)).interfaces
    expect(await change({ title: 'Other' })).toEqual(shown)
    expect(await change({ interfaces: { again: { id } } })).toMatchObject({ ...shown, again: { name: 'shared' } })
    expect(await change({ interfaces: { again: null, 'shared<task>': null } })).toEqual({})
    expect(await found('interfaceName=shared')).toEqual([])
    expect((await developer.call('DELETE', `${PATH}/${id}`)).status).toBe(200)
  })

  test('implements nothing that is out of its reach', async () => {
    const { id } = interfaceIn(await create('hidden'))
    for (const unknown of [id, 'x'.repeat(28)]) {
      const answer = await implement({ a: { id: unknown } })
      expectRefusal(answer, 400, 'ReferenceNotFound', /interfaces\.a\.id/)
      const validated = await neighbour.asOwner.call('POST', `${INTEGRATIONS}/validate`, {
        ...{ name: 'v', version: '1.0.0', interfaces: { a: { id: unknown } } },
      })
      expectRefusal(validated, 400, 'ReferenceNotFound', /interfaces\.a\.id/)
    }
    expect((await implement({ a: { id } }, {}, developer)).status).toBe(200)
  })

  test('keeps an interface from being deleted or made private, and its workspace from being closed', async () => {
    const other = await api.neighbour()
    const { id } = await publish('needed', {}, other.asOwner)
    const { id: integrationId } = integrationIn(await implement({ needed: { id } }))
    const remove = () => other.asOwner.call('DELETE', `${PATH}/${id}`)
    const close = () => other.asOwner.call('DELETE', `/v1/admin/workspaces/${other.workspaceId}`)
    expectRefusal(await remove(), 409, 'ReferenceConstraint', /implemented/)
    const hide = await other.asOwner.call('PUT', `${PATH}/${id}`, { public: false })
    expectRefusal(hide, 400, 'BreakingChanges', /other workspaces/)
    expectRefusal(await close(), 409, 'ReferenceConstraint', /interface/)
    await neighbour.asOwner.call('DELETE', `${INTEGRATIONS}/${integrationId}`)
    expect((await remove()).status).toBe(200)
    expect((await close()).status).toBe(200)
  })

  test('that comes while its interface is deleted has it, or is told that there is none', async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await publish('racing')
      const [made, removed] = await Promise.all([implement({ a: { id } }), developer.call('DELETE', `${PATH}/${id}`)])
      expect([made.status, removed.status]).toEqual(made.status === 200 ? [200, 409] : [400, 200])
      if (made.status !== 200) continue
      await neighbour.asOwner.call('DELETE', `${INTEGRATIONS}/${integrationIn(made).id}`)
      expect((await developer.call('DELETE', `${PATH}/${id}`)).status).toBe(200)
    }
  })
})
