import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import { readMessage, type TunnelAnswer, type TunnelRequest } from './messages.ts'

/** The other end has gone, or is going. */
export class TunnelClosed extends Error {
  override readonly name = 'TunnelClosed'
}

/** One open tunnel. */
export type Tunnel = {
  /** Sends a request through it. @throws TunnelClosed; the reason of `signal` once that is aborted */
  send: (request: Omit<TunnelRequest, 'type' | 'id'>, signal: AbortSignal) => Promise<TunnelAnswer>
  close: () => void
}

const BAD_ANSWER = 4002

/** A half-open connection is found out after two of these. */
const PING_EVERY_MS = 15_000

/** @param onClose told once, when the socket is closed */
export const openTunnel = (socket: WebSocket, onClose: () => void): Tunnel => {
  const waiting = new Map<string, { resolve: (answer: TunnelAnswer) => void; reject: (error: Error) => void }>()
  let isAlive = true
  const pinging = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, PING_EVERY_MS)
  pinging.unref()

  socket.on('pong', () => void (isAlive = true))
  socket.on('message', (data: Buffer) => {
    isAlive = true
    const message = readMessage(data.toString())
    if (!message) return socket.close(BAD_ANSWER, 'That is no response.')
    // One that nobody waits for any more came too late.
    if (message !== 'hello') waiting.get(message.requestId)?.resolve(message)
  })
  // It is always followed by a close.
  socket.on('error', () => {})
  socket.on('close', () => {
    clearInterval(pinging)
    for (const { reject } of waiting.values()) reject(new TunnelClosed('The tunnel was closed.'))
    onClose()
  })

  return {
    send: (request, signal) => {
      const id = randomUUID()
      const answer = new Promise<TunnelAnswer>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
        if (socket.readyState !== socket.OPEN) reject(new TunnelClosed('The tunnel was closed.'))
        else socket.send(JSON.stringify({ type: 'request', id, ...request } satisfies TunnelRequest))
      })
      return answer.finally(() => waiting.delete(id))
    },
    close: () => socket.terminate(),
  }
}
