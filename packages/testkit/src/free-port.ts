import { createServer } from 'node:net'

/** A port nobody listens on at the moment. */
export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer()
      .once('error', failed)
      .listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => found(typeof address === 'object' && address ? address.port : 0))
      })
  })
