import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { HANGING, type Heard, nowMs, type Post, type Question } from './protocol.ts'

// Where everything is delivered to: as little as can answer. What it saw it tells the process that started it.

const KEPT_OPEN_MS = 60_000

let keeps = false
let letsGo = false
let answered = 0
let [firstAtMs, lastAtMs] = [0, 0]
let posts: Post[] = []
let changed = (): void => {}
const hanging = new Set<ServerResponse>()
const sockets = new Set<Socket>()

const answer = (response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{}')

const heard = (request: IncomingMessage, response: ServerResponse, body: string): void => {
  const atMs = nowMs()
  if (request.url === HANGING) {
    if (letsGo) answer(response)
    else hanging.add(response)
  } else {
    answer(response)
    if (answered++ === 0) firstAtMs = atMs
    lastAtMs = atMs
    const { url: path = '', headers } = request
    if (keeps) posts.push({ atMs, path, headers: headers as Post['headers'], body })
  }
  changed()
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => heard(request, response, keeps ? Buffer.concat(chunks).toString() : ''))
})
server.keepAliveTimeout = KEPT_OPEN_MS
server.on('connection', (socket) => {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
})

const answerTo = async (question: Question): Promise<Heard | object> => {
  switch (question.ask) {
    case 'begin':
      ;[keeps, letsGo, answered, posts] = [question.keep, false, 0, []]
      return {}
    case 'letGo':
      letsGo = true
      for (const response of hanging) answer(response)
      hanging.clear()
      return {}
    case 'tell':
      await new Promise<void>((enough) => {
        changed = () => {
          if (answered >= question.answered && hanging.size >= question.hanging) enough()
        }
        changed()
      })
      changed = () => {}
      return { firstAtMs, lastAtMs, connections: sockets.size, posts }
  }
}

process.on('message', (question: Question) => void answerTo(question).then((said) => process.send?.(said)))
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
