import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TunnelAnswer } from './messages.ts'
import { type Tunnel, TunnelClosed } from './tunnel.ts'

/** What is said between two ends of one connection (RFC 9110, 7.6.1), and what follows from the body. */
const OF_CONNECTION = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  'content-length',
])

export type Passage = { path: string; query: string; timeoutMs: number; bodyMaxBytes: number }

/** Answers a request with what comes back through the tunnel; with 502, 503 or 504 and a sentence where nothing does. */
export const passOn = async (
  tunnel: Tunnel | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  { path, query, timeoutMs, bodyMaxBytes }: Passage,
): Promise<void> => {
  if (!tunnel) return refuse(response, 503, 'Nobody is connected to this tunnel at the moment.')
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const body = await bodyOf(request, bodyMaxBytes)
    if (body === undefined) return refuse(response, 413, `A tunnel takes at most ${bodyMaxBytes} bytes.`)
    const headers = ownHeaders(request.headers)
    const answer = await tunnel.send({ method: request.method ?? 'GET', path, query, headers, body }, timeout)
    write(response, answer)
  } catch (error) {
    if (error instanceof TunnelClosed) refuse(response, 503, error.message)
    else if (timeout.aborted) refuse(response, 504, `There was no answer within ${timeoutMs / 1000} seconds.`)
    else refuse(response, 502, 'What came back is no answer that could be passed on.')
  }
}

/** @returns undefined when it is too large */
const bodyOf = async (request: IncomingMessage, maxBytes: number): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

const ownHeaders = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_CONNECTION.has(name) ? [] : [[name, [value].flat().join(', ')]],
    ),
  )

/** @throws for headers that HTTP does not allow */
const write = (response: ServerResponse, { status, headers = {}, body = '' }: TunnelAnswer): void => {
  for (const [name, value] of Object.entries(headers))
    if (!OF_CONNECTION.has(name.toLowerCase())) response.setHeader(name, value)
  response.writeHead(status)
  response.end(body)
}

const refuse = (response: ServerResponse, status: number, message: string): void => {
  if (response.headersSent) return void response.destroy()
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  if (status === 503) response.setHeader('retry-after', '1')
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify({ message }))
}
