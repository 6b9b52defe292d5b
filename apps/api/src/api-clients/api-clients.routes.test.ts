import type { ApiClient } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueClient } from '../testing/access-token.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/_understudy/api-clients'

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller
let botId: string

beforeAll(async () => {
  api = await startApi()
  developer = await api.account('developer')
  botId = api.home.botId
})

const create = (standsFor: object, caller = developer, note?: string) => caller.call('POST', PATH, { standsFor, note })
const listed = async (query: string, caller = developer) =>
  (await caller.call('GET', `${PATH}${query}`)).body['apiClients'] as ApiClient[]
const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

test('the answer to a new client holds what a program is given; lists hold no secret', async () => {
  const { status, body } = await create({ kind: 'bot', botId }, developer, 'nightly run')
  expect(status).toBe(201)
  const { apiClient, clientKey, clientSecret } = body as {
    apiClient: ApiClient
    clientKey: string
    clientSecret: string
  }
  expect(apiClient).toEqual({
    id: clientKey,
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    note: 'nightly run',
    standsFor: { kind: 'bot', botId },
  })
  expect(clientSecret).toMatch(/^bp_secret_[\w-]{32}$/)
  expect(await listed(`?botId=${botId}`)).toContainEqual(apiClient)
  expect(JSON.stringify(await listed(`?botId=${botId}`))).not.toContain(clientSecret)
})

test('the database holds no secret, only keyed hashes', async () => {
  const { clientSecret } = await issueClient(developer, { kind: 'bot', botId })
  const rows = await api.platform.db.rows(
    { name: 'test.api-clients', text: 'select c::text as row from api_clients c' },
    [],
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(clientSecret)
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(clientSecret).toString('hex'))
})

test('a list is of one bot and its installations, or of the caller alone, newest first, page by page', async () => {
  const ann = await api.account('developer')
  const { body } = await ann.call('POST', '/v1/admin/bots', {})
  const { id: home } = body['bot'] as { id: string }
  const emulator = { emulator: { integrationId: api.home.emulatorIntegrationId, enabled: true } }
  const headers = { ...ann.headers, 'x-multiple-integrations': 'true' }
  const byAlias = api.caller(ann.headers['authorization']?.slice('Bearer '.length) ?? '', headers)
  await byAlias.call('PUT', `/v1/admin/bots/${home}`, { integrations: emulator })
  const installation = { kind: 'installation', botId: home, integrationAlias: 'emulator' } as const
  const made = [
    await issueClient(ann, { kind: 'bot', botId: home }),
    await issueClient(ann, installation),
    await issueClient(ann, { kind: 'bot', botId: home }),
  ].map(({ clientKey }) => clientKey)
  const own = await issueClient(ann, { kind: 'account' })

  const seen: string[] = []
  for (let token: string | undefined = ''; token !== undefined; ) {
    const page: Answer = await ann.call(
      'GET',
      `${PATH}?botId=${home}&pageSize=2&nextToken=${token}`.replace(/&nextToken=$/, ''),
    )
    seen.push(...(page.body['apiClients'] as ApiClient[]).map(({ id }) => id))
    token = (page.body['meta'] as { nextToken?: string }).nextToken
  }
  expect(seen).toEqual(made.toReversed())
  expect((await listed(`?botId=${home}`, ann))[1]?.standsFor).toEqual(installation)
  expect((await listed('', ann)).map(({ id }) => id)).toEqual([own.clientKey])
  expect(await listed('', await api.account('owner'))).toEqual([])
})

describe('whom a client may be issued for', () => {
  test.each([
    [{}, /standsFor\.kind: must be an object whose kind is/],
    [{ kind: 'workspace' }, /standsFor\.kind: must be an object whose kind is/],
    [{ kind: 'bot' }, /standsFor\.botId/],
    [{ kind: 'installation', botId: 'x' }, /standsFor\.integrationAlias/],
  ])('%j says what is wrong with it', async (standsFor, message) => {
    expectRefusal(await create(standsFor), 400, 'InvalidPayload', message)
  })

  test('a bot somebody else has is as good as none', async () => {
    const neighbour = await api.neighbour()
    for (const foreign of [neighbour.botId, newUuid(), 'nonsense']) {
      const installation = { kind: 'installation', botId: foreign, integrationAlias: 'neighbour' }
      for (const standsFor of [{ kind: 'bot', botId: foreign }, installation])
        expectRefusal(await create(standsFor), 400, 'ReferenceNotFound', /^standsFor\.botId ".*" not found$/)
      expectRefusal(
        await developer.call('GET', `${PATH}?botId=${foreign}`),
        404,
        'ResourceNotFound',
        /^Bot ".*" not found$/,
      )
    }
  })

  test('an alias the bot has not installed names nobody', async () => {
    const unknown = { kind: 'installation', botId, integrationAlias: 'nobody' }
    expectRefusal(await create(unknown), 400, 'ReferenceNotFound', /integrationAlias "nobody" not found/)
  })

  test('a viewer issues, sees and revokes none of a bot, but one of its own', async () => {
    const viewer = await api.account('viewer')
    const { clientKey } = await issueClient(developer, { kind: 'bot', botId })
    const refused = [403, 'Forbidden', /developer or more.*yours is viewer/] as const
    expectRefusal(await create({ kind: 'bot', botId }, viewer), ...refused)
    expectRefusal(await viewer.call('GET', `${PATH}?botId=${botId}`), ...refused)
    expectRefusal(await viewer.call('DELETE', `${PATH}/${clientKey}`), ...refused)
    const own = await issueClient(viewer, { kind: 'account' })
    expect((await viewer.call('DELETE', `${PATH}/${own.clientKey}`)).status).toBe(200)
  })
})

test('the client of an account is for nobody else to revoke', async () => {
  const { clientKey } = await issueClient(developer, { kind: 'account' })
  const owner = await api.account('owner')
  expectRefusal(await owner.call('DELETE', `${PATH}/${clientKey}`), 404, 'ResourceNotFound', /not found/)
  expect((await listed('')).map(({ id }) => id)).toContain(clientKey)
  expect((await developer.call('DELETE', `${PATH}/${clientKey}`)).status).toBe(200)
  expectRefusal(await developer.call('DELETE', `${PATH}/${clientKey}`), 404, 'ResourceNotFound', /not found/)
})

test('a bot takes its clients with it, also those that are issued at that moment', async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = (await developer.call('POST', '/v1/admin/bots', {})).body['bot'] as { id: string }
    const [deleted, ...issued] = await Promise.all([
      developer.call('DELETE', `/v1/admin/bots/${id}`),
      ...Array.from({ length: 4 }, () => create({ kind: 'bot', botId: id })),
    ])
    expect(deleted.status).toBe(200)
    expect(issued.filter(({ status }) => status !== 201 && status !== 400)).toEqual([])
    expect(await api.platform.db.prisma.apiClient.count({ where: { botId: id } })).toBe(0)
  }
})
