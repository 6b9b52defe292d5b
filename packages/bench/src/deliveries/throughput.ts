import { createMessage } from '@understudy/core'
import { Pool } from 'undici'
import type { Closing } from '../closing.ts'
import { type Figures, type Turn, withCosts } from '../measure.ts'
import type { Post } from '../sink/protocol.ts'
import type { SpokenTo } from './bots.ts'
import type { Clocks, Scene } from './scene.ts'

/** So many are delivered for each second that a turn is to last. */
const PER_SECOND = 1_000

const countFor = (seconds: number): number => Math.max(1, Math.round(seconds * PER_SECOND))

/** Lets the worker deliver what is there all at once: from the first to the last, as the bots see it. */
export const workerTurn = (scene: Scene, bots: SpokenTo[], clocks: Clocks): Turn =>
  withCosts(async (seconds, started) => {
    const count = countFor(seconds)
    await scene.sink.ask({ ask: 'begin', keep: false })
    await sayAtOnce(scene, bots, count, started)
    return throughput(scene, count)
  }, clocks)

/** What a client says of itself. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['host', 'connection', 'content-length'])

/** Posts what was posted to the bots once more, over so many connections. */
export const bareTurn = (
  scene: Scene,
  { posts, connections }: { posts: Post[]; connections: number },
  clocks: Clocks,
  closing: Closing,
): Turn => {
  const pool = new Pool(scene.sink.url, { connections, pipelining: 1 })
  closing.add(() => pool.close())
  const requests = posts.map(({ path, headers, body }) => ({
    ...{ path, body },
    method: 'POST' as const,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name))),
  }))
  return withCosts(async (seconds, started) => {
    const count = countFor(seconds)
    await scene.sink.ask({ ask: 'begin', keep: false })
    let next = 0
    const post = async (): Promise<void> => {
      for (let n = next++; n < count; n = next++) {
        const request = requests[n % requests.length]
        if (!request) return
        const { body } = await pool.request(request)
        await body.text()
      }
    }
    started()
    await Promise.all(Array.from({ length: connections }, post))
    return throughput(scene, count)
  }, clocks)
}

/** Says so much to all bots by turns, in one transaction: nobody sees any of it before `started` was called. */
export const sayAtOnce = async (
  { stage: { ctx } }: Scene,
  bots: SpokenTo[],
  count: number,
  started = () => {},
): Promise<void> => {
  const doorbell = { ...ctx.doorbell, ring: () => {} }
  await ctx.db.asOne(async (db) => {
    for (let n = 0; n < count; n++) {
      const bot = bots[n % bots.length]
      if (bot) await createMessage({ ...bot.ctx, db, doorbell }, bot.said(Math.floor(n / bots.length)))
    }
    started()
  })
  ctx.doorbell.ring()
}

const throughput = async ({ sink, settled }: Scene, count: number): Promise<Figures & { requests: number }> => {
  const { firstAtMs, lastAtMs } = await sink.ask({ ask: 'tell', answered: count, hanging: 0 })
  await settled()
  return { requests: count, perSecond: ((count - 1) / (lastAtMs - firstAtMs)) * 1000 }
}
