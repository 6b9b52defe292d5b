import pg from 'pg'

/** What Prisma says to begin and end a transaction, and what that means inside of one that is under way. */
const NESTED: Readonly<Record<string, string>> = {
  BEGIN: 'savepoint prisma',
  COMMIT: 'release savepoint prisma',
  ROLLBACK: 'rollback to savepoint prisma',
}

/** One connection in the clothes of a pool: all that Prisma does with it belongs to the transaction under way on it. */
export const joinedPool = (client: pg.PoolClient): pg.Pool => {
  const query = (config: pg.QueryConfig) => client.query({ ...config, text: NESTED[config.text] ?? config.text })
  const [on, removeListener] = [client.on.bind(client), client.removeListener.bind(client)]
  const connect = async () => ({ query, on, removeListener, release: () => {} })
  // It never connects by itself: both ways to a connection lead to the one there is.
  return Object.assign(new pg.Pool(), { query, connect })
}
