import { Readable } from 'node:stream'
import type { EventSource } from '@understudy/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { z } from 'zod'

declare module 'fastify' {
  interface FastifyInstance {
    /** ends every stream when the server is told to stop */
    streams: Set<AbortController>
  }
}

/** Shorter than the patience of proxies and of the official clients (60 s). */
const KEEP_ALIVE_MS = 15_000

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // A proxy that gathered the events would hold them back.
  'x-accel-buffering': 'no',
}

/** Streams end with the server; nothing else would ever end them. */
export const endStreamsOnClose = (app: FastifyInstance): void => {
  app.decorate('streams', new Set<AbortController>())
  app.addHook('preClose', async () => {
    for (const stream of app.streams) stream.abort()
  })
}

/**
 * Answers server-sent events, one frame per event, until the client hangs up or the server stops. The source is only asked
 * for more while the client reads: one that never reads costs a buffer, and no more.
 */
export const sendEvents = (reply: FastifyReply, response: z.ZodType, source: EventSource<unknown>): FastifyReply => {
  const { streams } = reply.server
  const stream = new AbortController()
  streams.add(stream)
  const keepAlive = setInterval(() => reply.raw.write(COMMENT), KEEP_ALIVE_MS)
  reply.raw.once('close', () => {
    clearInterval(keepAlive)
    streams.delete(stream)
    stream.abort()
  })
  return reply.headers(HEADERS).send(Readable.from(frames(response, source(stream.signal)), { objectMode: false }))
}

const COMMENT = ': \n\n'

async function* frames(response: z.ZodType, events: AsyncIterable<unknown>): AsyncGenerator<string> {
  // The head goes out with it: the client learns that it is heard before anything happens.
  yield COMMENT
  for await (const event of events) yield `data: ${JSON.stringify(response.parse(event))}\n\n`
}
