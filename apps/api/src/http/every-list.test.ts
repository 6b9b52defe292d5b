import { contract, type Operation } from '@understudy/contract'
import { createBot, createIntegration, createInterface, reportFailures, updateBot } from '@understudy/core'
import { receiver } from '@understudy/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Caller, startApi } from '../testing/start-api.ts'

const HOW_MANY = 5

const lists = Object.values(contract)
  .flatMap((group) => Object.entries(group as Record<string, Operation>))
  .filter(([, { query }]) => query instanceof z.ZodObject && 'pageSize' in query.shape)

let owner: Caller
/** Where a list of each operation is, with several things in it. */
const places: Record<string, string> = {}

beforeAll(async () => {
  const api = await startApi()
  const admin = await api.owner()
  owner = await api.account('owner')
  const emulator = await api.integration()
  const { botId, workspaceId } = api.home
  await updateBot(admin, botId, { events: { custom: { schema: {} } } }, 'alias')
  const made = async (caller: Caller, path: string, body: object, noun?: string) => {
    const answer = await caller.call('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return ((noun ? answer.body[noun] : answer.body) as { id: string }).id
  }
  const room = await made(emulator, '/v1/chat/conversations', { channel: 'channel', tags: {} }, 'conversation')
  const actor = await receiver((_call, response) => void response.end('{"output":{}}'))
  const { id: actorId } = await createIntegration(admin, {
    ...{ name: 'actor', version: '1.0.0', dev: true, url: actor.url },
    actions: { act: { input: { schema: {} }, output: { schema: {} } } },
  })
  const stage = await createBot(admin, { dev: true })
  await updateBot(admin, stage.id, { integrations: { actor: { integrationId: actorId, enabled: true } } }, 'alias')
  const performer = await api.bot(stage.id)
  const lobby = { userId: 'ann', conversationId: 'lobby' }
  for (let n = 0; n < HOW_MANY; n++) {
    const user = await made(emulator, '/v1/chat/users', { tags: { id: `u${n}` } }, 'user')
    await made(emulator, '/v1/chat/conversations', { channel: 'channel', tags: {} }, 'conversation')
    const said = { userId: user, conversationId: room, type: 'text', payload: {}, tags: {} }
    await made(emulator, '/v1/chat/messages', said, 'message')
    await performer.call('POST', '/v1/chat/actions', { type: 'actor:act', input: { n } })
    await createBot(admin, { name: `bot ${n}` })
    await createIntegration(admin, { name: 'many', version: `1.0.${n}`, visibility: 'public' })
    await createInterface(admin, { name: 'many', version: `1.0.${n}`, public: true })
    await made(owner, '/_understudy/api-clients', { standsFor: { kind: 'bot', botId } }, 'apiClient')
    await made(owner, '/v1/storage/files', { botId, contents: 'AAAA', name: `${n}`, accessType: 'private' }, 'file')
    await made(owner, '/v1/admin/workspace-members', { email: `member${n}@example.com`, role: 'viewer' })
    const { id } = (await owner.call('POST', '/v1/admin/workspaces', { name: `Public ${n}` })).body
    await owner.call('PUT', `/v1/admin/workspaces/${String(id)}`, { handle: `public-${n}`, isPublic: true })
    await made(owner, `/_understudy/emulator/${botId}/messages`, { ...lobby, text: `${n}` }, 'message')
    const failure = { category: 'other', title: '', description: '', data: {}, groupBy: [], message: '' } as const
    await reportFailures(api.platform, [{ ...failure, botId, source: `${n}`, code: `code${n}` }])
  }
  Object.assign(places, {
    listActionRuns: `/v1/admin/bots/${stage.id}/action-runs?integrationName=actor&`,
    listApiClients: `/_understudy/api-clients?botId=${botId}&`,
    getAuditRecords: `/v1/admin/workspaces/${workspaceId}/audit-records?`,
    listEmulatorMessages: `/_understudy/emulator/${botId}/conversations/lobby/messages?`,
    listStorageFiles: `/v1/storage/files?botId=${botId}&`,
    listBotIssues: `/v1/admin/bots/${botId}/issues?`,
    listParticipants: `/v1/chat/conversations/${room}/participants?`,
    listTagValues: '/v1/chat/tags/emulator:id/values?type=user&',
  })
})

const placeOf = (id: string, { path }: Operation): string => places[id] ?? `${path}?`

describe.each(lists)('%s', (id, operation) => {
  test('comes page by page, of any size, whole and without repeating itself', async () => {
    const walk = async (pageSize: number) => {
      const seen: unknown[] = []
      let token: string | undefined
      do {
        const next = token ? `&nextToken=${encodeURIComponent(token)}` : ''
        const { status, body } = await owner.call('GET', `${placeOf(id, operation)}pageSize=${pageSize}${next}`)
        expect(status, JSON.stringify(body)).toBe(200)
        const { meta, ...items } = body as { meta: { nextToken?: string } } & Record<string, unknown[]>
        const [page = []] = Object.values<unknown[]>(items)
        expect(page.length).toBeLessThanOrEqual(pageSize)
        seen.push(...page)
        token = meta.nextToken
      } while (token)
      return seen
    }
    const all = await walk(100)
    expect(new Set(all.map((item) => JSON.stringify(item))).size).toBe(all.length)
    expect(await walk(1)).toEqual(all)
    expect(await walk(2)).toEqual(all)
    expect(all.length).toBeGreaterThanOrEqual(HOW_MANY)
  })

  test.each(['0', '-1', '1.5', 'many', ''])('refuses %j as the size of a page', async (junk) => {
    const { body } = await owner.call('GET', `${placeOf(id, operation)}pageSize=${junk}`)
    expect(body).toMatchObject({ code: 400, type: 'InvalidQuery', metadata: { field: 'pageSize' } })
  })

  test('takes a page larger than the largest for that', async () => {
    expect((await owner.call('GET', `${placeOf(id, operation)}pageSize=100000`)).status).toBe(200)
  })
})

test('every published list of the chat API has pages', () => {
  const names = lists.map(([id]) => id)
  for (const id of [
    'listUsers',
    'listConversations',
    'listParticipants',
    'listMessages',
    'listEvents',
    'listTagValues',
  ])
    expect(names).toContain(id)
})
