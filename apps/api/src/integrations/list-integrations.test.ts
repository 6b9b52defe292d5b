import type { Integration, IntegrationSummary } from '@understudy/contract'
import { updateBot } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/integrations'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

let count = 0
const freshName = (): string => `parrot${++count}`
const integrationIn = ({ status, body }: Answer): Integration => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['integration'] as Integration
}
const publish = async (properties: object = {}) =>
  integrationIn(await owner.call('POST', PATH, { name: freshName(), version: '1.0.0', ...properties }))

describe('the list', () => {
  const page = async (query: string) => {
    const { status, body } = await owner.call('GET', `${PATH}?${query}`)
    expect(status, JSON.stringify(body)).toBe(200)
    const { integrations, meta } = body as { integrations: IntegrationSummary[]; meta: { nextToken?: string } }
    return { integrations, nextToken: meta.nextToken }
  }
  const walk = async (query: string) => {
    const seen: string[] = []
    let token: string | undefined
    do {
      const { integrations, nextToken } = await page(`${query}${token ? `&nextToken=${token}` : ''}`)
      seen.push(...integrations.map(({ name, version }) => `${name}@${version}`))
      token = nextToken
    } while (token)
    return seen
  }

  beforeAll(async () => {
    for (const name of ['list-b', 'list-a', 'list-c'])
      for (const version of ['1.0.0', '1.1.0']) await publish({ name, version, description: '100 % listed' })
    await publish({ name: 'list-d', version: '1.0.0', dev: true, url: 'http://127.0.0.1:1', description: '% listed' })
  })

  test('is newest first, page by page, each version once; `limit` is the older name of `pageSize`', async () => {
    const newest = ['list-c@1.1.0', 'list-c@1.0.0', 'list-a@1.1.0', 'list-a@1.0.0', 'list-b@1.1.0', 'list-b@1.0.0']
    expect(await walk('search=listed&pageSize=4')).toEqual(newest)
    expect(await walk('search=listed&pageSize=100&limit=1')).toEqual(newest)
    expect((await page('search=listed&pageSize=100&limit=1')).integrations).toHaveLength(1)
  })

  test.each([
    ['name', 'asc', 'list-a@1.0.0'],
    ['name', 'desc', 'list-c@1.1.0'],
    ['createdAt', 'asc', 'list-b@1.0.0'],
    ['updatedAt', 'desc', 'list-c@1.1.0'],
    ['installCount', 'desc', 'list-c@1.1.0'],
    ['popularity', 'asc', 'list-b@1.0.0'],
  ])('goes by %s %s, page by page', async (sortBy, direction, first) => {
    const seen = await walk(`search=listed&pageSize=1&sortBy=${sortBy}&direction=${direction}`)
    expect(seen[0]).toBe(first)
    expect(new Set(seen).size).toBe(6)
    expect(seen).toHaveLength(6)
  })

  test('goes on where it was, also when the last one seen is deleted meanwhile', async () => {
    const doomed = await publish({ name: 'list-e', description: 'listed' })
    const first = await page('search=listed&pageSize=1')
    expect(first.integrations.map(({ id }) => id)).toEqual([doomed.id])
    await owner.call('DELETE', `${PATH}/${doomed.id}`)
    const next = await page(`search=listed&pageSize=1&nextToken=${first.nextToken}`)
    expect(next.integrations.map(({ name }) => name)).toEqual(['list-c'])
  })

  test('finds text as it is written, wherever the letters are large', async () => {
    expect(await walk('search=%25%20LISTED&name=list-a')).toHaveLength(2)
    expect(await walk('search=list_a')).toEqual([])
  })

  test('holds what a bot of this workspace has, and nothing for other bots', async () => {
    expect(await walk(`installedByBotId=${api.home.botId}`)).toEqual(['emulator@1.0.0'])
    const { ctx, botId } = await api.neighbour()
    const emulator = { integrationId: api.home.emulatorIntegrationId }
    await updateBot(ctx, botId, { integrations: { emulator } }, 'alias')
    expect(await walk(`installedByBotId=${botId}`)).toEqual([])
    expect(await walk('installedByBotId=nonsense')).toEqual([])
  })

  test('tells visibility apart', async () => {
    expect(await walk('visibility=public&name=emulator')).toEqual(['emulator@1.0.0'])
    expect(await walk('visibility=private&name=emulator')).toEqual([])
  })
})
