import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** One call that came in. */
export type Received = { headers: IncomingHttpHeaders; body: Record<string, unknown> }

/** What a bot or an integration does with a call; it answers itself. */
export type Reaction = (call: Received, response: ServerResponse) => void

export const accept: Reaction = (_call, response) => void response.end('{}')

/** A bot or an integration on a port of its own that notes what it hears, for the length of a file. */
export const receiver = async (react: Reaction = accept) => {
  const heard: Received[] = []
  const behaviour = { react }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const call = {
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      }
      heard.push(call)
      behaviour.react(call, response)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, heard, behave: (next: Reaction) => void (behaviour.react = next) }
}
