import { setTimeout } from 'node:timers/promises'
import { messagesOperations } from '@understudy/contract'
import { Pool } from 'undici'
import { CONNECTIONS } from '../cases.ts'
import { type Figures, percentiles, type Turn } from '../measure.ts'
import { toRequest } from '../request.ts'
import { nowMs } from '../sink/protocol.ts'
import type { SpokenTo } from './bots.ts'
import type { Scene } from './scene.ts'
import { sayAtOnce } from './throughput.ts'

/** Messages per second, all to one bot. */
export const RATE = 500

/** What the bot that hangs is owed: more than a bot may have in flight. */
const BACKLOG = 100
const IN_FLIGHT = 50

/** How long after the api's answer a message is at the bot. */
export const steadyTurn =
  (scene: Scene, bot: SpokenTo): Turn =>
  async (seconds) => {
    const figures = await steady(scene, bot, seconds)
    await scene.settled()
    return figures
  }

/** The same, while another bot has as much in flight as it may, and more in its line. */
export const besideTurn =
  (scene: Scene, bot: SpokenTo, hanging: SpokenTo): Turn =>
  async (seconds) => {
    await scene.sink.ask({ ask: 'begin', keep: false })
    await sayAtOnce(scene, [hanging], BACKLOG)
    await scene.sink.ask({ ask: 'tell', answered: 0, hanging: IN_FLIGHT })
    const figures = await steady(scene, bot, seconds)
    await scene.sink.ask({ ask: 'letGo' })
    await scene.settled()
    return figures
  }

const steady = async ({ sink, api }: Scene, bot: SpokenTo, seconds: number): Promise<Figures> => {
  const count = Math.max(1, Math.round(RATE * seconds))
  await sink.ask({ ask: 'begin', keep: true })
  const answeredAtMs = await speak(api.url, bot, count)
  const { posts, firstAtMs, lastAtMs } = await sink.ask({ ask: 'tell', answered: count, hanging: 0 })
  const latenciesMs = posts.map(({ atMs, body }) => {
    const { event } = JSON.parse(body) as { event: { messageId: string } }
    return atMs - (answeredAtMs.get(event.messageId) ?? Number.NaN)
  })
  return { perSecond: ((count - 1) / (lastAtMs - firstAtMs)) * 1000, ...percentiles(latenciesMs) }
}

/** Says so much over HTTP, steadily, however long the answers take. @returns when each message's answer was there */
const speak = async (url: string, { headers, said }: SpokenTo, count: number): Promise<Map<string, number>> => {
  const pool = new Pool(url, { connections: CONNECTIONS })
  const answeredAtMs = new Map<string, number>()
  const say = async (n: number): Promise<void> => {
    const { method, path, headers: all, body = '' } = toRequest(messagesOperations.createMessage, said(n), headers)
    const answer = await pool.request({ method, path, headers: all, body })
    const text = await answer.body.text()
    const atMs = nowMs()
    if (answer.statusCode !== messagesOperations.createMessage.status) throw new Error(`A message was refused: ${text}`)
    const { message } = JSON.parse(text) as { message: { id: string } }
    answeredAtMs.set(message.id, atMs)
  }
  try {
    const sent: Promise<void>[] = []
    const startedAtMs = nowMs()
    for (let n = 0; n < count; n++) {
      const earlyMs = startedAtMs + (n * 1000) / RATE - nowMs()
      if (earlyMs > 0) await setTimeout(earlyMs)
      sent.push(say(n))
    }
    await Promise.all(sent)
  } finally {
    await pool.close()
  }
  return answeredAtMs
}
