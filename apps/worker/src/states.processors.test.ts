import { randomUUID } from 'node:crypto'
import { createPlatform, newId } from '@understudy/core'
import { connectDb, type Db, type Statement } from '@understudy/db'
import { database, redisUrl } from '@understudy/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { statesProcessors } from './states.processors.ts'
import { work } from './work.ts'

const NOW = new Date('2026-01-02T03:04:05.678Z')
const logger = { warn: () => {}, error: () => {} }

let databaseUrl: string
let db: Db
let botId: string
beforeAll(async () => {
  databaseUrl = (await database()).url
  db = connectDb({ url: databaseUrl })
})
afterAll(() => db.close())
beforeEach(() => {
  botId = randomUUID()
})

const ADD_STATES: Statement = {
  name: 'test.add-states',
  text: `
    insert into states (bot_id, type, owner_id, scope, name, id, payload, expiry_ms, expires_at, created_at, updated_at)
    select $1, 'conversation', owner, $1, 'cart', owner || '_state', '{"items": 3}', 1000, $3::timestamptz, $4, $4
    from unnest($2::text[]) owner`,
}
const STATES: Statement = { name: 'test.states', text: 'select owner_id from states where bot_id = $1' }
const EVENTS: Statement = {
  name: 'test.events',
  text: 'select type, conversation_id, status, payload from events where bot_id = $1 order by seq',
}

/** States of conversations, idle since their expiry. @returns the ids of the conversations */
const addStates = async (howMany: number, expiresAt: Date): Promise<string[]> => {
  const owners = Array.from({ length: howMany }, () => newId('conv'))
  await db.rows(ADD_STATES, [botId, owners, expiresAt, NOW])
  return owners
}
const left = async () => (await db.rows<{ owner_id: string }>(STATES, [botId])).map((row) => row.owner_id)

const told = async () =>
  (await db.rows<{ conversation_id: string }>(EVENTS, [botId])).map((row) => row.conversation_id).toSorted()

const platform = () =>
  createPlatform({
    db,
    secretKey: '0123456789abcdef0123456789abcdef',
    limits: 'generous',
    publicUrl: 'http://127.0.0.1:4700',
    clock: { now: () => NOW },
  })
const worker = (redis: string | undefined) =>
  work({ platform: platform(), databaseUrl, redisUrl: redis, allowPrivateHosts: true, logger })

const queues = [
  { name: 'PostgreSQL', here: true, redis: () => undefined },
  { name: 'Redis', here: redisUrl() !== undefined, redis: redisUrl },
]

describe.for(queues)('with the queue on $name', ({ here, redis }) => {
  test.runIf(here)('an idle state is gone, and its bot is told what was in it; others stay', async () => {
    const [idle] = await addStates(1, NOW)
    const busy = await addStates(1, new Date(NOW.getTime() + 1))
    const running = await worker(redis())
    await expect.poll(left, { timeout: 10_000 }).toEqual(busy)
    await running.close()
    const events = await db.rows(EVENTS, [botId])
    expect(events).toEqual([
      {
        type: 'state_expired',
        conversation_id: idle,
        // Its bot is nowhere: its turn may have come already.
        status: expect.stringMatching(/^(pending|ignored)$/),
        payload: { state: expect.objectContaining({ name: 'cart', conversationId: idle, payload: { items: 3 } }) },
      },
    ])
  })

  test.runIf(here)('two workers leave one event for each state', async () => {
    const idle = await addStates(700, NOW)
    const running = await Promise.all([worker(redis()), worker(redis())])
    await expect.poll(left, { timeout: 20_000 }).toEqual([])
    await Promise.all(running.map((one) => one.close()))
    expect(await told()).toEqual(idle.toSorted())
  })
})

test('sweeps at the same moment share the states and leave one event for each', async () => {
  const idle = await addStates(1_700, NOW)
  await Promise.all([1, 2, 3, 4].map(() => statesProcessors['states.expire']({}, platform())))
  expect(await left()).toEqual([])
  expect(await told()).toEqual(idle.toSorted())
})
