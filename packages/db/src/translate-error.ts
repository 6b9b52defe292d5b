/** The client sent something no column can hold: a NUL, half a surrogate pair, a number out of range. */
export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue'
}

/** The database cannot be reached, or gave the connection up. Nothing was necessarily done, nothing was acknowledged. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

const DATA_EXCEPTION = '22'
const UNAVAILABLE = /^(08|53|57P0|25006)/
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN'])

/** Rethrows an error of the driver as one of ours where a caller can act on it. @throws always */
export const translateDatabaseError = (error: unknown): never => {
  const { code, message } = error as { code?: unknown; message: string }
  if (typeof code === 'string') {
    if (code.startsWith(DATA_EXCEPTION)) throw new UnstorableValue(message, { cause: error })
    if (UNAVAILABLE.test(code) || NETWORK.has(code)) throw new DatabaseUnavailable(message, { cause: error })
  }
  if (/Connection terminated|connection is closed|timeout exceeded when trying to connect/i.test(message))
    throw new DatabaseUnavailable(message, { cause: error })
  throw error
}
