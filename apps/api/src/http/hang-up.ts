import type { Socket } from 'node:net'
import { ApiError, type PlatformContext } from '@understudy/core'
import type { FastifyInstance } from 'fastify'
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

/** What Node would answer by itself, without a body, or drop without a word. Its server must not ask for the host. */
export const leaveNothingToNode = (app: FastifyInstance): void => {
  // Headers are counted in bytes: of a thousand small ones, the token could be the one that is dropped.
  app.server.maxHeadersCount = 0
  // An expectation nobody knows may be ignored.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response))
  app.addHook('onRequest', async ({ headers, raw }) => {
    if (headers.host === undefined && raw.httpVersion === '1.1')
      throw new ApiError('InvalidPayload', 'The header "Host" is missing.')
  })
}
