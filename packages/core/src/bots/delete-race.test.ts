import { connectDb, type Db } from '@understudy/db'
import { database } from '@understudy/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkspaceContext } from '../context.ts'
import { type Attempt, deliveryRepository, type SettledRow } from '../deliveries/delivery.repository.ts'
import { newUuid } from '../ids.ts'
import { createPlatform } from '../platform.ts'
import { firstRun } from '../setup/index.ts'
import { createBot } from './create-bot.ts'
import { deleteBot } from './delete-bot.ts'

let db: Db
let ctx: WorkspaceContext
beforeAll(async () => {
  db = connectDb({ url: (await database()).url })
  const secretKey = '0123456789abcdef0123456789abcdef'
  const platform = createPlatform({ db, secretKey, limits: 'generous', publicUrl: 'http://understudy.test' })
  const { workspaceId, accountId } = await firstRun(platform, {})
  ctx = { ...platform, workspaceId, caller: { kind: 'account', accountId, roles: { [workspaceId]: 'owner' } } }
})
afterAll(() => db.close())

const OWED = 200
const ROUNDS = 8

/** A bot that is owed events, as if many had just been written. */
const owedTo = async () => {
  const { id } = await createBot(ctx, {})
  const events = `
    insert into events (bot_id, id, type, payload, status, created_at, updated_at)
    select $1, 'evt_' || n, 'wakeUp', '{}', 'pending', $2, $2 from generate_series(1, $3) n`
  const deliveries = `
    insert into deliveries (bot_id, id, target, status, due_at, created_at, updated_at)
    select bot_id, id, 'bot', 'queued', $2, $2, $2 from events where bot_id = $1 order by id desc limit $3`
  for (const [name, text] of Object.entries({ events, deliveries }))
    await db.rows({ name: `test.owe-${name}`, text }, [id, ctx.clock.now(), OWED])
  return Array.from({ length: OWED }, (_, n) => ({ botId: id, id: `evt_${n + 1}`, runner: newUuid() }))
}

const answered = ({ botId, id, runner }: Attempt): SettledRow => ({
  ...{ bot_id: botId, id, runner, status: 'delivered', failures: 0, due_at: null, reason: null },
  ...{ number: 1, outcome: 'delivered', http_status: 200, duration_ms: 1, started_at: new Date() },
  ...{ request: {}, response: null },
})

/** What one process writes of what it has begun, a statement after the other. */
const workOn = async (attempts: Attempt[]): Promise<void> => {
  await deliveryRepository.underWay(ctx, attempts)
  await deliveryRepository.renew(ctx, attempts)
  await deliveryRepository.settle(ctx, attempts.map(answered))
}

test('bots are deleted while what they are owed is settled, and nobody waits in a circle', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const bots = await Promise.all([owedTo(), owedTo(), owedTo()])
    const owed = bots.flat().toSorted(() => Math.random() - 0.5)
    // Two processes that have begun some of it, and one that only begins.
    const [here = [], there = [], elsewhere = []] = [0, 1, 2].map((part) => owed.filter((_, at) => at % 3 === part))
    await deliveryRepository.begin(ctx, [...here, ...there])
    await Promise.all([
      workOn(here),
      workOn(there),
      deliveryRepository.begin(ctx, elsewhere),
      ...bots.map(([first]) => deleteBot(ctx, first?.botId ?? '')),
    ])
  }
  const left = { name: 'test.left', text: 'select count(*)::int as left from deliveries' }
  expect(await db.one(left, [])).toEqual({ left: 0 })
})
