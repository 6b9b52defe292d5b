import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { passOn } from './pass-on.ts'
import { openTunnel, type Tunnel } from './tunnel.ts'

/** Ways to whoever develops a bot or an integration and listens nowhere else (`bp dev`). */
export type Tunnels = {
  /** Takes a WebSocket upgrade; it is a tunnel if its path is `/<id>` and the id is free. */
  connect: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Whether there is a tunnel where the path of this URL begins, or has been a moment ago. */
  leads: (url: string) => boolean
  /** Answers a request with what the other end of its tunnel says. */
  pass: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  close: () => Promise<void>
}

export type TunnelOptions = {
  /** Whether paths that begin with this lead elsewhere. */
  isReserved: (id: string) => boolean
  /** How long the other end may take to answer. */
  timeoutMs?: number | undefined
}

/** As `@bpinternal/tunnel` 0.1 closes, so that the official command-line tool says what it says on the Cloud. */
const CLOSE = { badId: 4000, taken: 4001 } as const

const ID = /^[\w|-]{1,200}$/

const MESSAGE_MAX_BYTES = 32 * 1024 * 1024

/** `bp dev` connects again at once when its connection broke: until then its bot is away, not gone. */
const MISSED_FOR_MS = 60_000

const TIMEOUT_MS = 120_000

export const createTunnels = ({ isReserved, timeoutMs = TIMEOUT_MS }: TunnelOptions): Tunnels => {
  const server = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX_BYTES })
  const open = new Map<string, Tunnel>()
  const missed = new Map<string, NodeJS.Timeout>()

  const miss = (id: string): void => {
    open.delete(id)
    missed.set(id, setTimeout(() => missed.delete(id), MISSED_FOR_MS).unref())
  }
  const accept = (socket: WebSocket, url: string): void => {
    const { id, rest } = partsOf(url)
    if (!ID.test(id) || rest !== '/' || isReserved(id))
      return socket.close(CLOSE.badId, 'A tunnel has a path of one segment.')
    if (open.has(id)) return socket.close(CLOSE.taken, `There is a tunnel "${id}" already.`)
    clearTimeout(missed.get(id))
    missed.delete(id)
    open.set(
      id,
      openTunnel(socket, () => miss(id)),
    )
  }
  return {
    connect: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, request.url ?? '/')),
    leads: (url) => {
      const { id } = partsOf(url)
      return open.has(id) || missed.has(id)
    },
    pass: (request, response) => {
      const { id, rest, query } = partsOf(request.url ?? '/')
      return passOn(open.get(id), request, response, { path: rest, query, timeoutMs, bodyMaxBytes: MESSAGE_MAX_BYTES })
    },
    close: async () => {
      for (const timer of missed.values()) clearTimeout(timer)
      for (const tunnel of open.values()) tunnel.close()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** `/<id>/a/b?c=d` is the tunnel `<id>`, the path `/a/b` and the query `c=d`. */
const partsOf = (url: string): { id: string; rest: string; query: string } => {
  const [path = '', ...query] = url.split('?')
  const [, id = '', ...rest] = path.split('/')
  return { id: unescaped(id), rest: `/${rest.join('/')}`, query: query.join('?') }
}

/** The bar is a sign of ids, and of those that clients escape. */
const unescaped = (id: string): string => id.replaceAll(/%7c/gi, '|')
