import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

const HOW_MANY = 10_000

const uuid = (n: string) => `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`
/** Copies rows with other values in some of their columns; `seq` is the database's. */
const copies = (table: string, count: string, changes: string, where: string) =>
  `insert into ${table} overriding user value
    select copied.* from ${table} original, generate_series(0, ${count} - 1) n,
      jsonb_populate_record(original, jsonb_build_object(${changes})) copied
    where original.id = ${where}`

const COPY_FAMILIES = {
  name: 'test.copy-families',
  text: copies(
    'integration_families',
    '100',
    `'id', ${uuid('n')}, 'name', 'copy' || n`,
    '(select family_id from integrations where id = $1)',
  ),
}
const COPY_VERSIONS = {
  name: 'test.copy-versions',
  text: copies(
    'integrations',
    '$2::int',
    // Some at the same moment, so that the moment alone is no place in the list.
    `'id', ${uuid('n')}, 'family_id', ${uuid('n % 100')}, 'version', '1.' || n || '.0',
     'created_at', original.created_at + n / 7 * interval '1 ms'`,
    '$1',
  ),
}

let developer: Caller

// A hundred names with a hundred versions each, copies of one that was made as any is.
beforeAll(async () => {
  const api = await startApi()
  developer = await api.account('developer')
  const properties = { name: 'model', version: '0.0.1', title: 'Copied', visibility: 'public' }
  const { body } = await developer.call('POST', '/v1/admin/integrations', properties)
  const { id } = body['integration'] as { id: string }
  const { db } = api.platform
  await db.rows(COPY_FAMILIES, [id])
  await db.rows(COPY_VERSIONS, [id, HOW_MANY])
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
