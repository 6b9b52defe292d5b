import { type buildConnector, Client } from 'undici'

/** Connections to one origin at the same time; further calls wait their turn, within their time. */
const OPEN_MAX = 128
/** Idle connections to all origins together. */
const IDLE_MAX = 512
/** An idle connection is kept for as long as its server says, but no longer than this. */
const KEEP_ALIVE_MAX_MS = 60_000

/** One connection to an origin, for one call at a time. */
export type Connection = { readonly client: Client; readonly origin: Origin }

type Origin = {
  /** `scheme://host:port` */
  readonly name: string
  open: number
  /** the one used last is last */
  readonly idle: Connection[]
  readonly waiting: Set<Turn>
}

/** What somebody does with a connection when it is theirs. */
export type Turn = (connection: Connection) => void

export type Connections = {
  /** Gives a connection to `turn`, now or as soon as there is one. */
  take: (origin: string, turn: Turn) => void
  /** `turn` does not wait any more. */
  leave: (origin: string, turn: Turn) => void
  /** @param isSound whether another call may have it; if not, it is closed at once */
  giveBack: (connection: Connection, isSound: boolean) => void
  /** Keeps nothing any more. Resolves when everything was given back. */
  close: () => Promise<void>
}

/**
 * Keeps connections alive between calls. Undici's own Pool would do, were it not for calls that are given up: it dials
 * again for each of them, only to find that there is nothing to send.
 */
export const keepConnections = (
  connect: buildConnector.connector,
  { headersMaxBytes }: { headersMaxBytes?: number } = {},
): Connections => {
  const origins = new Map<string, Origin>()
  /** in the order in which they were given back */
  const idle = new Set<Connection>()
  let closing: Promise<void> | undefined
  let whenEmpty = () => {}

  const open = (origin: Origin): Connection => {
    const client = new Client(origin.name, {
      connect,
      ...(headersMaxBytes === undefined ? {} : { maxHeaderSize: headersMaxBytes }),
      keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
      // A call has one limit of time, for all of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const connection = { client, origin }
    origin.open++
    // In use, it reconnects or fails by itself.
    client.on('disconnect', () => {
      if (idle.has(connection)) drop(connection)
    })
    return connection
  }

  const use = (connection: Connection) => {
    idle.delete(connection)
    return connection
  }

  const drop = (connection: Connection) => {
    const { client, origin } = use(connection)
    const place = origin.idle.indexOf(connection)
    if (place !== -1) origin.idle.splice(place, 1)
    origin.open--
    void client.destroy()
    const [next] = origin.waiting
    if (next) {
      origin.waiting.delete(next)
      next(open(origin))
    } else if (origin.open === 0) origins.delete(origin.name)
    if (origins.size === 0) whenEmpty()
  }

  const giveBack = (connection: Connection, isSound: boolean) => {
    const { origin } = connection
    const [next] = origin.waiting
    if (!isSound || (closing && !next)) return drop(connection)
    if (next) {
      origin.waiting.delete(next)
      return next(connection)
    }
    origin.idle.push(connection)
    idle.add(connection)
    const [oldest] = idle
    if (oldest && idle.size > IDLE_MAX) drop(oldest)
  }

  return {
    take: (name, turn) => {
      const origin = origins.get(name) ?? { name, open: 0, idle: [], waiting: new Set() }
      origins.set(name, origin)
      const connection = origin.idle.pop()
      if (connection) turn(use(connection))
      else if (origin.open < OPEN_MAX) turn(open(origin))
      else origin.waiting.add(turn)
    },
    leave: (name, turn) => void origins.get(name)?.waiting.delete(turn),
    giveBack,
    close: () => {
      closing ??= new Promise((resolve) => {
        whenEmpty = resolve
        for (const connection of idle) drop(connection)
        if (origins.size === 0) resolve()
      })
      return closing
    },
  }
}
