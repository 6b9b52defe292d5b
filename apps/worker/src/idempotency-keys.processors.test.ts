import { randomUUID } from 'node:crypto'
import { createPlatform } from '@understudy/core'
import { connectDb, type Db } from '@understudy/db'
import { database, redisUrl } from '@understudy/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { work } from './work.ts'

const NOW = new Date('2026-01-02T03:04:05.678Z')
const logger = { warn: () => {}, error: () => {} }

let databaseUrl: string
let db: Db
beforeAll(async () => {
  databaseUrl = (await database()).url
  db = connectDb({ url: databaseUrl })
})
afterAll(() => db.close())

const keep = (key: string, expiresAt: Date) =>
  db.prisma.idempotencyKey.create({
    data: {
      ...{ tenantId: randomUUID(), caller: 'bot', key, expiresAt },
      ...{ fingerprint: new Uint8Array(16), sealedAnswer: new Uint8Array(32) },
    },
  })

const queues = [
  { name: 'PostgreSQL', here: true, redis: () => undefined },
  { name: 'Redis', here: redisUrl() !== undefined, redis: redisUrl },
]

describe.for(queues)('with the queue on $name', ({ name, here, redis }) => {
  test.runIf(here)('an answer is forgotten when its time is over, and not before', async () => {
    await keep(`${name} over`, NOW)
    await keep(`${name} kept`, new Date(NOW.getTime() + 1))
    const platform = createPlatform({
      db,
      secretKey: '0123456789abcdef0123456789abcdef',
      limits: 'generous',
      publicUrl: 'http://127.0.0.1:4700',
      clock: { now: () => NOW },
    })
    const running = await work({ platform, databaseUrl, redisUrl: redis(), allowPrivateHosts: true, logger })
    const left = () =>
      db.prisma.idempotencyKey.findMany({ where: { key: { startsWith: name } }, select: { key: true } })
    await expect.poll(left, { timeout: 10_000 }).toEqual([{ key: `${name} kept` }])
    await running.close()
  })
})
