import { type buildConnector, Pool } from 'undici'

/** Connections to one origin at the same time; further calls wait their turn, within their time. */
const CONNECTIONS_MAX = 128
/** Origins whose connections are kept. */
const ORIGINS_MAX = 256
/** An idle connection is kept for as long as its server says, but no longer than this. */
const KEEP_ALIVE_MAX_MS = 60_000

export type Origins = {
  /** The connections to `scheme://host:port`. */
  of(origin: string): Pool
  /** Waits for the calls that run. */
  close(): Promise<void>
}

/** Keeps connections alive between calls; of too many origins, those of the one unused longest are let go. */
export const keepOrigins = (connect: buildConnector.connector): Origins => {
  const pools = new Map<string, Pool>()
  const leaving = new Set<Promise<void>>()
  const leave = (pool: Pool) => {
    const gone = pool.close().finally(() => leaving.delete(gone))
    leaving.add(gone)
  }

  return {
    of: (origin) => {
      const pool = pools.get(origin) ?? openPool(origin, connect)
      // A map keeps the order in which it was filled: the first is the one unused longest.
      pools.delete(origin)
      pools.set(origin, pool)
      const [oldest] = pools
      if (oldest && pools.size > ORIGINS_MAX) {
        pools.delete(oldest[0])
        leave(oldest[1])
      }
      return pool
    },
    close: async () => {
      for (const pool of pools.values()) leave(pool)
      pools.clear()
      await Promise.all(leaving)
    },
  }
}

const openPool = (origin: string, connect: buildConnector.connector) =>
  new Pool(origin, {
    connect,
    connections: CONNECTIONS_MAX,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
    // A call has one limit of time, for all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
