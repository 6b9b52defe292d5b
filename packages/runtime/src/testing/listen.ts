import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server on a free port of this machine, until the test ends; it counts who comes. */
const listening = async <S extends Server>(server: S) => {
  const seen = { connections: 0, open: new Set<Socket>() }
  server.on('connection', (socket: Socket) => {
    seen.connections++
    seen.open.add(socket)
    socket.on('error', () => {}).on('close', () => seen.open.delete(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const socket of seen.open) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { server, seen, port, url: `http://127.0.0.1:${port}` }
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

/** A bot that is an HTTP server. */
export const bot = (answer: Answer) =>
  listening(createHttpServer((request, response) => void answer(request, response)))

/** The same behind TLS. */
export const secureBot = (answer: Answer, certificate: { key: string; cert: string }) =>
  listening(createHttpsServer(certificate, (request, response) => void answer(request, response)))

/** Something that speaks whatever it likes once it has been spoken to; `nth` counts what it heard on a connection. */
export const speaker = (answer: (socket: Socket, nth: number) => void) =>
  listening(
    createServer((socket) => {
      let heard = 0
      socket.on('data', () => answer(socket, ++heard))
    }),
  )
