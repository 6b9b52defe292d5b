import { connectDb } from '@understudy/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collect } from './journey.ts'
import { type OfficialClient, officialClient } from './official-client.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const HOW_MANY = 10_000

let server: Understudy
let admin: OfficialClient

beforeAll(async () => {
  server = await startUnderstudy()
  admin = officialClient('1.45.0', server.place)
})
afterAll(() => server.stop())

/** As many bots like one that is there, all at once: a hundred each were made in the same millisecond. */
const multiply = async (botId: string) => {
  const db = connectDb({ url: server.databaseUrl })
  await db.rows(
    {
      name: 'test.multiply-bots',
      text: `
        insert into bots (id, workspace_id, created_by, name, type, dev, definition, tags, sealed_signing_secret,
          sealed_configuration, sealed_secrets, secret_names, created_at, updated_at)
        select gen_random_uuid(), workspace_id, created_by, 'many-' || n, type, dev, definition, jsonb_build_object('tenth', (n % 10)::text),
          sealed_signing_secret, sealed_configuration, sealed_secrets, secret_names,
          created_at - (n / 100) * interval '1 second', updated_at - (n / 100) * interval '1 second'
        from bots, generate_series(1, $2) n where id = $1`,
    },
    [botId, HOW_MANY],
  )
  const rows = await db.rows<{ id: string }>(
    { name: 'test.many', text: `select id from bots where name like 'many-%'` },
    [],
  )
  await db.close()
  return rows.map(({ id }) => id)
}

test('ten thousand bots are listed completely while others come and go, none of them twice', {
  timeout: 300_000,
}, async () => {
  const made = await multiply((await admin.createBot({ name: 'first' })).bot.id)
  expect(made).toHaveLength(HOW_MANY)
  const [doomed, kept] = [made.filter((_, at) => at % 500 === 0), made.filter((_, at) => at % 500 !== 0)]
  const over = new AbortController()
  const comeAndGo = async () => {
    let passed = 0
    for (const id of doomed) {
      await admin.createBot({ name: 'newcomer', tags: { tenth: '3' } })
      await admin.deleteBot({ id })
      passed++
      if (over.signal.aborted) break
    }
    return passed
  }
  const coming = comeAndGo()
  const seen = await collect((nextToken) => admin.listBots({ nextToken, pageSize: 100 }), 'bots')
  over.abort()
  expect(await coming).toBeGreaterThan(1)
  expect(new Set(seen).size).toBe(seen.length)
  const listed = new Set(seen)
  expect(kept.filter((id) => !listed.has(id))).toEqual([])

  const order = { sortField: 'updatedAt', sortDirection: 'asc', tags: { tenth: '3' } }
  const tenth = await collect((nextToken) => admin.listBots({ ...order, nextToken, pageSize: 100 }), 'bots')
  expect(new Set(tenth).size).toBe(tenth.length)
  expect(tenth.filter((id) => listed.has(id)).length).toBeGreaterThan(HOW_MANY / 10 - doomed.length - 1)
})
