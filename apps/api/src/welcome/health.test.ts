import { beforeAll, expect, test } from 'vitest'
import { startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  api = await startApi()
})

const readiness = async () => {
  const answer = await fetch(`${api.url}/readyz`)
  return { code: answer.status, ...((await answer.json()) as object) }
}

test('a server that lacks a migration says which, and is ready once it is there; others do not disturb it', async () => {
  const { db } = api.platform
  const [last = { migration_name: '' }] = await db.prisma.$queryRaw<{ migration_name: string }[]>`
    select migration_name from _prisma_migrations order by migration_name desc limit 1`
  const checks = { database: 'ok', migrations: 'ok', process: 'ok' }
  await expect.poll(readiness).toEqual({ code: 200, status: 'ready', checks })

  await db.prisma.$executeRaw`
    update _prisma_migrations set migration_name = '99991231235959_newer' where migration_name = ${last.migration_name}`
  await expect.poll(readiness).toEqual({
    code: 503,
    status: 'not ready',
    checks: { ...checks, migrations: `missing, run \`migrate\`: ${last.migration_name}` },
  })

  await db.prisma.$executeRaw`
    insert into _prisma_migrations (id, checksum, migration_name, finished_at)
    values ('again', '', ${last.migration_name}, now())`
  await expect.poll(readiness).toEqual({ code: 200, status: 'ready', checks })
})
