import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

const HOW_MANY = 10_000

let developer: Caller

// A hundred names with a hundred versions each, copies of one that was made as any is.
beforeAll(async () => {
  const api = await startApi()
  developer = await api.account('developer')
  const properties = { name: 'model', version: '0.0.1', title: 'Copied', visibility: 'public' }
  const { body } = await developer.call('POST', '/v1/admin/integrations', properties)
  const { id } = body['integration'] as { id: string }
  const { prisma } = api.platform.db
  const { seq: _, ...row } = await prisma.integration.findUniqueOrThrow({ where: { id } })
  const family = await prisma.integrationFamily.findUniqueOrThrow({ where: { id: row.familyId } })
  const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const numbers = (count: number): number[] => Array.from({ length: count }, (__, n) => n)
  await prisma.integrationFamily.createMany({
    data: numbers(100).map((n) => ({ ...family, id: uuid(n), name: `copy${n}` })),
  })
  await prisma.integration.createMany({
    data: numbers(HOW_MANY).map((n) => ({
      ...row,
      ...{ definition: {}, attributes: {}, id: uuid(n), familyId: uuid(n % 100), version: `1.${n}.0` },
      // Some at the same moment, so that the moment alone is no place in the list.
      createdAt: new Date(row.createdAt.getTime() + Math.floor(n / 7)),
    })),
  })
}, 120_000)

test.each([
  ['/v1/admin/integrations', ''],
  ['/v1/admin/hub/integrations', ''],
  ['/v1/admin/integrations', '&sortBy=name&direction=asc'],
])('ten thousand come page by page from %s%s, each once', { timeout: 120_000 }, async (path, order) => {
  const seen: string[] = []
  let token: string | undefined
  do {
    const next = token ? `&nextToken=${encodeURIComponent(token)}` : ''
    const { body } = await developer.call('GET', `${path}?search=copied&pageSize=100${order}${next}`)
    const { integrations, meta } = body as { integrations: { id: string }[]; meta: { nextToken?: string } }
    seen.push(...integrations.map(({ id }) => id))
    token = meta.nextToken
  } while (token)
  expect(seen).toHaveLength(HOW_MANY + 1)
  expect(new Set(seen).size).toBe(HOW_MANY + 1)
})

test('of ten thousand the latest of each name is one page away', async () => {
  const { body } = await developer.call('GET', '/v1/admin/hub/integrations?version=latest&search=copied&pageSize=100')
  const versions = (body['integrations'] as { name: string; version: string }[]).map(({ version }) => version)
  expect(versions).toHaveLength(100)
  expect(versions).toContain('1.9999.0')
})
