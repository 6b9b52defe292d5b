import { setTimeout } from 'node:timers/promises'
import { createMessage } from '@understudy/core'
import type { Statement } from '@understudy/db'
import { type Figures, percentiles, type Turn } from '../measure.ts'
import type { SpokenTo } from './bots.ts'
import type { Scene } from './scene.ts'

/** So many come due in one second, for each second that a turn is to last, and ten times as many later. */
const PER_SECOND = 6_667
const LATER = 10

/** Of those that come one by one. */
const SPARSE_PER_SECOND = 20
const SPARSE_APART_MS = 50

const HOUR_MS = 60 * 60 * 1000
/** From writing the times down to the first of them. */
const LEAD_MS = 2_000

// Not events: nobody gets to see them.
const LEAVE_FOR_LATER: Statement = {
  name: 'bench.leave-for-later',
  text: `
    insert into deliveries (bot_id, id, target, status, due_at, created_at, updated_at)
    select b, 'evt_later_' || n || b, 'bot', 'waiting', $3::timestamptz + n * interval '1 s', $4, $4
    from unnest($1::uuid[]) b, generate_series(1, $2::int) n`,
}
const FORGET_LATER: Statement = {
  name: 'bench.forget-later',
  text: `delete from deliveries where bot_id = any ($1::uuid[]) and id like 'evt\\_later\\_%'`,
}

// One after the other, by so many milliseconds in turn.
const SET_TIMES: Statement = {
  name: 'bench.set-times',
  text: `
    update deliveries d set due_at = $2::timestamptz + n.place % $3::int * $4::int * interval '1 ms'
    from (select bot_id, id, row_number() over (order by seq) as place from deliveries
      where status = 'waiting' and bot_id = any ($1::uuid[]) and due_at < $5) n
    where d.bot_id = n.bot_id and d.id = n.id`,
}

const TIMES: Statement = {
  name: 'bench.times',
  text: `
    select d.id, d.due_at, a.started_at from deliveries d
    join delivery_attempts a on a.bot_id = d.bot_id and a.delivery_id = d.id and a.number = 1
    where d.bot_id = any ($1::uuid[]) and d.due_at >= $2`,
}

/** How long after its time one of very many that come due in the same second is begun, or is at its bot. */
export const dueTurn =
  (scene: Scene, bots: SpokenTo[], until: 'begun' | 'heard'): Turn =>
  async (seconds) => {
    const count = Math.max(bots.length, Math.round(PER_SECOND * seconds))
    const { db } = scene.stage.ctx
    const botIds = idsOf(bots)
    const later = [botIds, Math.ceil((count * LATER) / bots.length), new Date(Date.now() + 1_000 * HOUR_MS), new Date()]
    await db.rows(LEAVE_FOR_LATER, later)
    const figures = await scheduled(scene, bots, { count, steps: 1_000, apartMs: 1, until })
    await db.rows(FORGET_LATER, [botIds])
    return figures
  }

/** How long after its time one that comes by itself is at its bot. */
export const sparseTurn =
  (scene: Scene, bots: SpokenTo[]): Turn =>
  async (seconds) => {
    const count = Math.max(2, Math.round(SPARSE_PER_SECOND * seconds))
    return scheduled(scene, bots, { count, steps: count + 1, apartMs: SPARSE_APART_MS, until: 'heard' })
  }

type Plan = { count: number; steps: number; apartMs: number; until: 'begun' | 'heard' }

const scheduled = async (
  { stage: { ctx }, sink, settled }: Scene,
  bots: SpokenTo[],
  { count, steps, apartMs, until }: Plan,
): Promise<Figures> => {
  await sink.ask({ ask: 'begin', keep: true })
  const doorbell = { ...ctx.doorbell, ring: () => {} }
  const schedule = { delay: HOUR_MS }
  await ctx.db.asOne(async (db) => {
    for (let n = 0; n < count; n++) {
      const bot = bots[n % bots.length]
      if (bot) await createMessage({ ...bot.ctx, db, doorbell }, { ...bot.said(Math.floor(n / bots.length)), schedule })
    }
  })
  const firstAt = new Date(Date.now() + LEAD_MS)
  const [botIds, soon] = [idsOf(bots), new Date(Date.now() + 2 * HOUR_MS)]
  await ctx.db.rows(SET_TIMES, [botIds, firstAt, steps, apartMs, soon])
  await setTimeout(LEAD_MS)
  const { posts, firstAtMs, lastAtMs } = await sink.ask({ ask: 'tell', answered: count, hanging: 0 })
  await settled()
  const rows = await ctx.db.rows<{ id: string; due_at: string; started_at: string }>(TIMES, [botIds, firstAt])
  const times = new Map(rows.map((row) => [row.id, row]))
  const latenciesMs = posts.map(({ atMs, body }) => {
    const { event } = JSON.parse(body) as { event: { id: string } }
    const { due_at: due = '', started_at: started = '' } = times.get(event.id) ?? {}
    return (until === 'heard' ? atMs : Date.parse(started)) - Date.parse(due)
  })
  return { perSecond: ((count - 1) / (lastAtMs - firstAtMs)) * 1000, ...percentiles(latenciesMs) }
}

const idsOf = (bots: SpokenTo[]): string[] => bots.map(({ ctx }) => ctx.bot.id)
