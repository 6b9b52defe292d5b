import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A piece of wire in front of a server, which can be cut. */
export type Relay = {
  /** the address of the server, by way of the wire */
  url: string
  /** Breaks every connection, and every new one until it is mended. */
  cut: () => void
  mend: () => void
  close: () => void
}

export const relayTo = async (url: string): Promise<Relay> => {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let isCut = false
  const wire = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      sockets.add(from)
      from
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(from)
          to.destroy()
        })
      from.pipe(to)
    }
    if (isCut) near.destroy()
  }).listen(0, '127.0.0.1')
  await once(wire, 'listening')
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(wire.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false
    },
    close: () => {
      cut()
      wire.close()
    },
  }
}
