import { Readable } from 'node:stream'
import type { EventSource, StreamEvent } from '@understudy/contract'
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

/** Whoever does not read what is left of a stream that ends would keep it open. */
const END_MS = 1000

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Nothing comes after a stream; kept alive, the connection would keep a server open that stops.
  connection: 'close',
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
 * Answers server-sent events, one frame per event, until the client hangs up, may not listen any more, or the server stops.
 * The source is only asked for more while the client reads: one that never reads costs a buffer, and no more.
 */
export const sendEvents = (reply: FastifyReply, response: z.ZodType, source: EventSource<unknown>): FastifyReply => {
  const { streams } = reply.server
  const stream = new AbortController()
  const timers = [setInterval(() => reply.raw.write(COMMENT), KEEP_ALIVE_MS)]
  const hungUp = (): void => {
    streams.delete(stream)
    stream.abort()
    for (const timer of timers) clearTimeout(timer)
  }
  stream.signal.addEventListener('abort', () => timers.push(setTimeout(() => reply.raw.destroy(), END_MS)))
  streams.add(stream)
  reply.raw.once('close', hungUp)
  // Whoever did so before anything was sent is not announced any more.
  if (reply.raw.destroyed) hungUp()
  return reply
    .headers(HEADERS)
    .send(Readable.from(frames(reply, response, source(stream.signal)), { objectMode: false }))
}

const COMMENT = ': \n\n'

async function* frames(
  { server, request }: FastifyReply,
  response: z.ZodType,
  events: AsyncIterable<StreamEvent<unknown>>,
): AsyncGenerator<string> {
  // The head goes out with it: the client learns that it is heard before anything happens.
  yield COMMENT
  for await (const { id, data } of events) {
    // A token may have been revoked since the stream was opened.
    if (!(await server.admit(request).catch(() => undefined))) return
    yield `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(response.parse(data))}\n\n`
  }
}
