import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Integration = Record<string, never> & { id: string }

let developer: Caller

beforeAll(async () => {
  developer = await (await startApi()).account('developer')
})

const create = (name: string, change: object = {}) =>
  developer.call('POST', '/v1/admin/integrations', { name, version: '1.0.0', ...change })
const integrationIn = ({ body }: Answer): Integration => {
  expect(body, JSON.stringify(body)).toHaveProperty('integration')
  return body['integration'] as Integration
}

test('a name with a handle and a range of versions travel encoded in the path', async () => {
  const { id } = integrationIn(await create('understudy/foo', { version: '0.1.0' }))
  await create('understudy/foo', { version: '0.2.0' })
  const previous = await developer.call('GET', '/v1/admin/integrations/understudy%2Ffoo/%3C0.2.0')
  expect(integrationIn(previous).id).toBe(id)
  expect((await developer.call('GET', '/v1/admin/integrations/understudy%2Ffoo/%3C0.1.0')).body).toMatchObject({
    type: 'ResourceNotFound',
  })
})

test('a version exists once, unless it is one of development', async () => {
  await create('once')
  expect((await create('once')).body).toMatchObject({ code: 409, type: 'AlreadyExists' })
  expect((await create('once', { dev: true, url: 'http://localhost:8076' })).status).toBe(200)
  expect((await create('once', { dev: true, url: 'http://localhost:8077' })).status).toBe(200)
})

test('public and visibility are kept in step', async () => {
  const { id } = integrationIn(await create('stepping', { public: true }))
  const seen = async () => integrationIn(await developer.call('GET', `/v1/admin/integrations/${id}`))
  expect(await seen()).toMatchObject({ public: true, visibility: 'public' })
  await developer.call('PUT', `/v1/admin/integrations/${id}`, { visibility: 'unlisted' })
  expect(await seen()).toMatchObject({ public: false, visibility: 'unlisted' })
})

test('what a public version declares is frozen, how it is described is not', async () => {
  const { id } = integrationIn(await create('frozen', { public: true, events: { e: { schema: {} } } }))
  const change = (body: object) => developer.call('PUT', `/v1/admin/integrations/${id}`, body)
  expect((await change({ events: { e: null } })).body).toMatchObject({ code: 400, type: 'BreakingChanges' })
  expect((await change({ title: 'Better' })).status).toBe(200)
})

test('a channel is changed by name inside, too', async () => {
  const channel = { messages: { text: { schema: {} }, image: { schema: {} } }, conversation: { tags: { id: {} } } }
  const { id } = integrationIn(await create('channels', { channels: { room: channel, hall: channel } }))
  const changed = await developer.call('PUT', `/v1/admin/integrations/${id}`, {
    channels: { hall: null, room: { messages: { image: null }, message: { tags: { ts: {} } } } },
  })
  expect(integrationIn(changed)['channels']).toEqual({
    room: {
      messages: { text: { schema: {} } },
      conversation: { tags: { id: {} }, creation: { enabled: false, requiredTags: [] } },
      message: { tags: { ts: {} } },
    },
  })
})

test('without a configuration schema it allows no configuration', async () => {
  expect(integrationIn(await create('bare'))['configuration']).toEqual({
    identifier: { required: false },
    schema: { type: 'object', properties: {}, additionalProperties: false },
  })
})

test.each([
  ['a version that is none', { version: '1.0' }, 'InvalidPayload', /version/],
  ['a url that is not for development', { url: 'http://localhost:1' }, 'InvalidPayload', /url/],
  [
    'a schema that is none',
    { actions: { a: { input: { schema: { type: 'x' } }, output: { schema: {} } } } },
    'InvalidJsonSchema',
    /actions\.a\.input/,
  ],
  [
    'an interface nobody has',
    { interfaces: { hitl: { id: 'x'.repeat(28) } } },
    'ReferenceNotFound',
    /interfaces\.hitl/,
  ],
])('%s is refused by name', async (_, change, type, message) => {
  expect((await create('refused', change)).body).toMatchObject({ type, message: expect.stringMatching(message) })
})

test('a list shows the latest of each name where asked for, development versions only where asked for', async () => {
  await create('listed', { version: '1.0.0' })
  await create('listed', { version: '1.1.0' })
  await create('listed', { version: '2.0.0', dev: true, url: 'http://localhost:1' })
  const versions = async (query: string) => {
    const { body } = await developer.call('GET', `/v1/admin/integrations?name=listed&${query}`)
    return (body['integrations'] as { version: string }[]).map(({ version }) => version)
  }
  expect(await versions('')).toEqual(['1.1.0', '1.0.0'])
  expect(await versions('version=latest')).toEqual(['1.1.0'])
  expect(await versions('version=%3C1.1.0')).toEqual(['1.0.0'])
  expect(await versions('dev=true')).toEqual(['2.0.0'])
  expect((await developer.call('GET', '/v1/admin/integrations?version=nonsense!')).body).toMatchObject({
    type: 'InvalidQuery',
  })
})

test('a list has pages', async () => {
  const seen: string[] = []
  let token = ''
  do {
    const next = token ? `&nextToken=${token}` : ''
    const { body } = await developer.call('GET', `/v1/admin/integrations?limit=2&sortBy=name&direction=asc${next}`)
    seen.push(...(body['integrations'] as { name: string }[]).map(({ name }) => name))
    token = (body['meta'] as { nextToken?: string }).nextToken ?? ''
  } while (token)
  expect(seen.length).toBeGreaterThan(4)
  expect(seen).toEqual(seen.toSorted())
})
