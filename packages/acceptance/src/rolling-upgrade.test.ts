import { connectDb } from '@understudy/db'
import { database, receiver } from '@understudy/testkit'
import { expect, test } from 'vitest'
import { prepareCluster } from './cluster.ts'
import { KEPT_BUILDS, keptBuild, restore, writeTurns } from './kept-build.ts'
import { officialClient } from './official-client.ts'

const CLIENT = '1.45.0'
const WRITERS = ['A', 'B', 'C', 'D']
const TURNS_AFTERWARDS = 40

test.each(KEPT_BUILDS)(
  'a database of the build that knew migrations up to %s is upgraded while that build writes: no write fails, and this build delivers them',
  { timeout: 120_000 },
  async (name) => {
    const { url } = await database({ migrated: false })
    await restore(name, url)
    const kept = keptBuild(name)
    const bot = await receiver()

    const db = connectDb({ url })
    let isMigrated = false
    let turns = 0
    const hasEnough = () => isMigrated && turns++ > TURNS_AFTERWARDS
    const writing = Promise.all(WRITERS.map((writer) => writeTurns(db, kept, writer, hasEnough)))
    // `migrate`, as an operator runs it.
    const cluster = await prepareCluster(url, undefined, { SECRET_KEY: kept.secretKey })
    isMigrated = true
    const written = await writing
    await db.close()

    expect(written.flatMap(({ failures }) => failures)).toEqual([])
    const messages = written.flatMap((one) => one.messages)
    expect(messages.length).toBeGreaterThan(TURNS_AFTERWARDS)

    const api = await cluster.startApi()
    const place = { url: api.place.url, token: kept.token, workspaceId: kept.workspaceId, botId: kept.botId }
    const client = officialClient(CLIENT, place)
    await client.updateBot({ id: kept.botId, url: bot.url })
    const worker = await cluster.startWorker()
    const found = await Promise.all(messages.map(async (id) => (await client.getMessage({ id })).message))
    expect(found.map(({ id }) => id)).toEqual(messages)
    const incoming = found.filter(({ direction }) => direction === 'incoming').map(({ id }) => id)
    const heard = () =>
      bot.heard.map(
        ({ body }) => (body as { event?: { payload?: { message?: { id: string } } } }).event?.payload?.message?.id,
      )
    await expect.poll(() => incoming.filter((id) => !heard().includes(id))).toEqual([])
    await Promise.all([api.stop(), worker.stop()])
    await cluster.clear()
  },
)
