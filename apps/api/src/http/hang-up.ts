import type { Socket } from 'node:net'
import type { PlatformContext } from '@understudy/core'
import { errorBody } from './render-error.ts'

const STATUS_LINES: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
}

/** Answers what is not even HTTP, or not in time, with our error body, and closes the connection. */
export const hangUp =
  (platform: PlatformContext) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const [status, reason] = STATUS_LINES[error.code ?? ''] ?? [400, 'Bad Request']
    const message = 'The request could not be read as HTTP.'
    const body = JSON.stringify({ ...errorBody(platform, { type: 'InvalidPayload', message, status }) })
    const head = [
      `HTTP/1.1 ${status} ${reason}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
