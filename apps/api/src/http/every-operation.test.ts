import { contract, type Operation, PUBLISHED_OPERATIONS, ROLES, type Role } from '@understudy/contract'
import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { sampleOf } from '../testing/sample.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Named = Operation & { id: string }

const operations: Named[] = Object.values(contract).flatMap((group) =>
  Object.entries(group as Record<string, Operation>).map(([id, operation]) => ({ id, ...operation })),
)
const closed = operations.filter(({ access }) => 'callers' in access)
const withBody = operations.filter(({ body, bodyType }) => body && !bodyType)
const withId = operations.filter(({ path }) => /:(id|botId)\b/.test(path))

const callersOf = ({ access }: Operation): readonly string[] => ('callers' in access ? access.callers : [])
const leastRole = (operation: Operation): Role | undefined =>
  callersOf(operation)
    .find((one) => one.startsWith('account:'))
    ?.slice('account:'.length) as Role | undefined

/** Where interfaces are. */
const INTERFACES = ['/v1/admin/interfaces', '/v1/admin/hub/interfaces', '/_understudy/interfaces']

/** Path values that name no object: what is left of a path once its ids are filled in. */
const OTHER_PARAMS: Record<string, string> = { type: 'user', name: 'profile', version: 'latest', key: 'id', userId: '' }

/** Whether the bot is what the path names; otherwise it says in which bot something is. */
const namesBotAlone = ({ path }: Operation): boolean => path.includes('/:botId') && !/:id\b/.test(path)

/** The path of an operation with an id in it, in our own bot where that is not what is named. */
const pathOf = (
  operation: Operation,
  id = namesBotAlone(operation) ? api.home.botId : newUuid(),
  botId = namesBotAlone(operation) ? id : api.home.botId,
): string =>
  operation.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent((name === 'botId' ? botId : OTHER_PARAMS[name]) || id),
  )

/** A call that has everything it needs but the right id, or the right to be made. */
const sound = (operation: Operation) => {
  const query = operation.query
    ? new URLSearchParams(sampleOf(operation.query) as Record<string, string>).toString()
    : ''
  return { query: query ? `?${query}` : '', body: operation.body && sampleOf(operation.body) }
}

const make = (caller: Caller, operation: Operation, id?: string, botId?: string): Promise<Answer> => {
  const { query, body } = sound(operation)
  return caller.call(operation.method, `${pathOf(operation, id, botId)}${query}`, body)
}

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller
let bot: Caller
let integration: Caller
let emulator: Caller
const members = new Map<Role, Caller>()

beforeAll(async () => {
  api = await startApi()
  const admin = await api.owner()
  const states = { profile: { type: 'user' as const, schema: { type: 'object' } } }
  await updateBot(admin, api.home.botId, { states }, 'alias')
  for (const role of ROLES) members.set(role, await api.account(role))
  owner = members.get('owner') as Caller
  bot = await api.bot()
  integration = await api.integration()
  emulator = api.emulator()
})

const expectError = ({ status, body }: Answer, code: number, type: string) => {
  expect(body).toMatchObject({ code, type, status: code, id: expect.stringMatching(/^err_\d{14}x[0-9A-F]{8}$/) })
  expect(typeof body['message']).toBe('string')
  expect(typeof body['description']).toBe('string')
  expect(status).toBe(code)
}

describe.each(closed)('$id', (operation) => {
  test('asks for a token', async () => {
    const { 'x-bot-id': botId = '', 'x-workspace-id': workspaceId = '' } = owner.headers
    const headers = { 'x-bot-id': botId, 'x-workspace-id': workspaceId }
    expectError(await make({ ...api.caller('', headers) }, operation), 401, 'Unauthorized')
    expectError(await make(api.caller('bp_pat_unknown', headers), operation), 401, 'Unauthorized')
  })

  test('refuses kinds of caller and roles it does not name', async () => {
    const callers = callersOf(operation)
    if (!callers.includes('bot')) expectError(await make(bot, operation), 403, 'Forbidden')
    if (!callers.includes('integration')) expectError(await make(integration, operation), 403, 'Forbidden')
    if (!callers.includes('emulator')) expectError(await make(emulator, operation), 403, 'Forbidden')
    const least = leastRole(operation)
    if (least && operation.tenant !== 'account') {
      const below = members.get(ROLES[ROLES.indexOf(least) - 1] as Role)
      if (below) expectError(await make(below, operation), 403, 'Forbidden')
      expect((await make(members.get(least) as Caller, operation)).status).not.toBe(403)
    }
  })

  test('refuses headers, or a bot in its path, that lead to somebody else as if they led nowhere', async () => {
    if (operation.tenant === 'account' || operation.tenant === 'nobody') return
    const neighbour = await api.neighbour()
    const header = operation.tenant === 'bot' ? 'x-bot-id' : 'x-workspace-id'
    const foreign = operation.tenant === 'bot' ? neighbour.botId : neighbour.workspaceId
    const { authorization = '' } = owner.headers
    const inPath = operation.path.includes('/:botId') && operation.tenant === 'bot'
    const asked = async (id: string) =>
      inPath
        ? make(owner, operation, newUuid(), id)
        : make(api.caller(authorization.slice('Bearer '.length), { ...owner.headers, [header]: id }), operation)
    const unknown = newUuid()
    const [theirs, nobodys] = [await asked(foreign), await asked(unknown)]
    expectError(theirs, 404, 'ResourceNotFound')
    expect({ ...theirs.body, id: '' }).toEqual({
      ...nobodys.body,
      id: '',
      message: String(nobodys.body['message']).replace(unknown, foreign),
    })
  })
})

describe.each(withBody)('$id', (operation) => {
  test.each(['{', '[]', '"text"', '7', 'null{}', '{"a":"\\u0000"}', '\uD800'])(
    'refuses the body %j',
    async (garbage) => {
      const answer = await owner.call(operation.method, pathOf(operation), garbage)
      expectError(answer, 400, 'InvalidPayload')
    },
  )

  test('refuses a body of another type', async () => {
    const typed = api.caller(owner.headers['authorization']?.slice('Bearer '.length) ?? '', {
      ...owner.headers,
      'content-type': 'text/plain',
    })
    expectError(await typed.call(operation.method, pathOf(operation), 'x'), 415, 'UnsupportedMediaType')
  })
})

test.each(withId)('$id finds nothing under an id nobody has', async (operation) => {
  expectError(await make(owner, operation, newUuid()), 404, 'ResourceNotFound')
})

describe('somebody else’s object is as good as none', () => {
  /** By the part of the path before the id: a new kind of object has to be added here, or its operations fail. */
  const theirs: Record<string, string> = {}
  const another: Record<string, string> = {}
  const secret = { name: 'secret.txt', contents: 'AAAA', accessType: 'private' }
  const later = { type: 'custom', payload: {}, schedule: { delay: 60_000 } }

  beforeAll(async () => {
    const { asOwner, asIntegration, ...neighbour } = await api.neighbour()
    const made = async (caller: Caller, path: string, body: object, noun: string) => {
      const answer = await caller.call('POST', path, body)
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
      return (noun ? (answer.body[noun] as { id: string }) : (answer.body as { id: string })).id
    }
    const { botId, integrationId, workspaceId } = neighbour
    const named = { name: 'theirs', version: '1.0.0' }
    const interfaceId = await made(asOwner, '/v1/admin/interfaces', named, 'interface')
    const standsFor = { kind: 'bot', botId }
    const file = await made(asOwner, '/v1/storage/files', { ...secret, botId }, 'file')
    const user = await made(asIntegration, '/v1/chat/users', { tags: {} }, 'user')
    const conversation = await made(
      asIntegration,
      '/v1/chat/conversations',
      { channel: 'channel', tags: {} },
      'conversation',
    )
    const said = { userId: user, conversationId: conversation, type: 'text', payload: {}, tags: {} }
    Object.assign(theirs, {
      '/v1/chat/users': user,
      '/v1/chat/conversations': conversation,
      '/v1/chat/messages': await made(asIntegration, '/v1/chat/messages', said, 'message'),
      '/v1/chat/events': await made(asIntegration, '/v1/chat/events', { type: 'custom', payload: {} }, 'event'),
      '/v1/chat/events/scheduled': await made(asIntegration, '/v1/chat/events', later, 'event'),
      '/v1/chat/states/:type': user,
      '/_understudy/deliveries': await made(asIntegration, '/v1/chat/events', { type: 'custom', payload: {} }, 'event'),
      '/_understudy/emulator': botId,
      '/_understudy/emulator/:botId/conversations': conversation,
      '/v1/admin/bots': botId,
      '/v1/admin/integrations': integrationId,
      '/v1/admin/hub/integrations': integrationId,
      '/_understudy/bots': botId,
      '/_understudy/integrations': integrationId,
      ...Object.fromEntries(INTERFACES.map((home) => [home, interfaceId])),
      '/v1/admin/workspaces': workspaceId,
      '/v1/admin/workspace-members': String((await asOwner.call('GET', '/v1/admin/workspace-members/me')).body['id']),
      '/v1/admin/account/pats': await made(asOwner, '/v1/admin/account/pats', { note: '' }, 'pat'),
      '/v1/admin/bots/baks': await made(asOwner, '/v1/admin/bots/baks', { botId }, ''),
      '/v1/admin/integrations/iaks': await made(asOwner, '/v1/admin/integrations/iaks', { integrationId }, ''),
      '/v1/storage/files': file,
      '/_understudy/storage/files': file,
      '/_understudy/api-clients': await made(asOwner, '/_understudy/api-clients', { standsFor }, 'apiClient'),
    })

    // A second integration in our own bot, with things of its own.
    const admin = await api.owner()
    const second = await createIntegration(admin, {
      name: 'second',
      version: '1.0.0',
      channels: { channel: { messages: {} } },
      events: { custom: { schema: {} } },
      states: { profile: { type: 'user', schema: {} } },
    })
    await updateBot(
      admin,
      api.home.botId,
      { integrations: { second: { integrationId: second.id, enabled: true } } },
      'alias',
    )
    const asSecond = await api.integration(second.id)
    const ourUser = await made(asSecond, '/v1/chat/users', { tags: {} }, 'user')
    const ours = await made(asSecond, '/v1/chat/conversations', { channel: 'channel', tags: {} }, 'conversation')
    const ourWords = { userId: ourUser, conversationId: ours, type: 'text', payload: {}, tags: {} }
    Object.assign(another, {
      '/v1/chat/users': ourUser,
      '/v1/chat/conversations': ours,
      '/v1/chat/messages': await made(asSecond, '/v1/chat/messages', ourWords, 'message'),
      '/v1/chat/events': await made(asSecond, '/v1/chat/events', { type: 'custom', payload: {} }, 'event'),
      '/v1/chat/events/scheduled': await made(asSecond, '/v1/chat/events', later, 'event'),
      '/v1/chat/states/:type': ourUser,
      '/v1/storage/files': await made(asSecond, '/v1/storage/files', { ...secret, botId: api.home.botId }, 'file'),
    })
  })

  const sameAsNone = async (caller: Caller, operation: Operation, id: string | undefined) => {
    if (id === undefined) throw new Error(`No object of somebody else is known for ${operation.path}: make one here.`)
    const unknown = newUuid()
    const [foreign, none] = [await make(caller, operation, id), await make(caller, operation, unknown)]
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, id: '' }).toEqual({
      ...none.body,
      id: '',
      message: String(none.body['message']).replaceAll(unknown, id),
    })
  }
  const homeOf = (operation: Operation): string =>
    operation.path.slice(0, operation.path.search(namesBotAlone(operation) ? /\/:botId\b/ : /\/:id\b/))

  test.each(withId)('$id of another workspace', (operation) => sameAsNone(owner, operation, theirs[homeOf(operation)]))

  // The emulator declares no states: to it every name is unknown, before any owner is.
  const shared = withId.filter(
    (operation) => callersOf(operation).includes('integration') && !operation.path.startsWith('/v1/chat/states'),
  )
  test.each(shared)('$id of another integration in the same bot', (operation) =>
    sameAsNone(integration, operation, another[homeOf(operation)]),
  )
})

test.each(PUBLISHED_OPERATIONS.filter(([id]) => !operations.some((one) => one.id === id)))(
  '%s, which is not built yet, says so',
  async (operationId, method, path) => {
    const answer = await owner.call(method, path.replaceAll(/:\w+/g, 'x'))
    expectError(answer, 405, 'MethodNotFound')
    expect(answer.body['message']).toContain(operationId)
  },
)

/** What is ours alone the Cloud never had. */
const isOurs = ({ path }: Operation): boolean => /^\/(_understudy|\.well-known)\//.test(path)

test.each(operations.filter((operation) => !isOurs(operation)))('$id is published', (operation) => {
  expect(PUBLISHED_OPERATIONS).toContainEqual([operation.id, operation.method, operation.path])
})

test('a route without declared access keeps the server from starting', async () => {
  const { buildApp } = await import('../app.ts')
  const { pino } = await import('pino')
  const app = await buildApp(api.platform, pino({ level: 'silent' }))
  app.get('/oops', async () => 'x')
  await expect(app.ready()).rejects.toThrow('GET /oops declares no access')
})

test('a method a path does not have is answered with those it has', async () => {
  const answer = await owner.call('PATCH', '/v1/chat/users')
  expectError(answer, 405, 'MethodNotFound')
  expect(answer.headers.get('allow')).toMatch(/POST/)
})

test('a path nobody published is not found', async () => {
  expectError(await owner.call('GET', '/v1/nothing'), 404, 'ResourceNotFound')
})
