import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** One call that came in. */
export type Received = { headers: IncomingHttpHeaders; body: Record<string, unknown> }

/** What a bot or an integration does with a call; it answers itself. */
export type Reaction = (call: Received, response: ServerResponse) => void

export const accept: Reaction = (_call, response) => void response.end('{}')

/** What tells an integration that it was installed, or no longer is: it says yes unless a test is about that. */
const isRegistration = ({ headers }: Received) => /^(un)?register$/.test(String(headers['x-bp-operation']))

/**
 * A bot or an integration on a port of its own that notes what it hears, for the length of a file. Of calls to register it
 * takes note apart, and accepts them.
 */
export const receiver = async (react: Reaction = accept) => {
  const heard: Received[] = []
  const registrations: Received[] = []
  const behaviour = { react, register: accept }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const call = {
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      }
      const about = isRegistration(call) ? 'register' : 'react'
      const noted = about === 'register' ? registrations : heard
      noted.push(call)
      behaviour[about](call, response)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    heard,
    registrations,
    behave: (next: Reaction) => void (behaviour.react = next),
    /** what it does when it is called to register, or to unregister */
    onRegister: (next: Reaction) => void (behaviour.register = next),
  }
}
