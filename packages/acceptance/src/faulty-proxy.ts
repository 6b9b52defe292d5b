import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Stands between a client and a server, and loses answers at the worst moment: when everything was done. */
export type FaultyProxy = {
  url: string
  /** Loses the next answers; `meanwhile` happens between the answer and its loss. */
  lose: (answers: number, meanwhile?: () => Promise<void>) => void
  stop: () => Promise<void>
}

/** Headers that belong to one connection. */
const OWN = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'])

export const startFaultyProxy = async (target: string): Promise<FaultyProxy> => {
  let toLose = 0
  let beforeLoss = async () => {}
  const server = createServer((request, response) => {
    const forward = async () => {
      const headers = Object.entries(request.headers).filter(([name]) => !OWN.has(name)) as [string, string][]
      const body = request.method === 'GET' ? undefined : await buffer(request)
      const answer = await fetch(`${target}${request.url}`, {
        method: request.method ?? 'GET',
        headers,
        ...(body && { body: new Uint8Array(body) }),
      })
      const text = await answer.text()
      if (toLose === 0)
        return response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' }).end(text)
      toLose--
      await beforeLoss()
      return request.socket.destroy()
    }
    forward().catch(() => request.socket.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose: (answers, meanwhile = async () => {}) => {
      toLose = answers
      beforeLoss = meanwhile
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
