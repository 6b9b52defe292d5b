/** The client sent something no column can hold: a NUL, half a surrogate pair, a number out of range. */
export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue'
}

/** The database cannot be reached, or gave the connection up. Nothing was necessarily done, nothing was acknowledged. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

const DATA_EXCEPTION = '22'
// Also what it says to a user or a database it does not know (28, 3D): no statement of ours can cause that.
const UNAVAILABLE = /^(08|28|3D|53|57P0|25006)/
// The driver's own complaints have no code.
const LOST = /Connection terminated|connection is closed|is not queryable|timeout exceeded when trying to connect/i
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN'])

/** Rethrows an error of the driver as one of ours where a caller can act on it. @throws always */
export const translateDatabaseError = (error: unknown): never => {
  const { code, message } = error as { code?: unknown; message: string }
  if (typeof code === 'string') {
    if (code.startsWith(DATA_EXCEPTION)) throw new UnstorableValue(message, { cause: error })
    if (UNAVAILABLE.test(code) || NETWORK.has(code)) throw new DatabaseUnavailable(message, { cause: error })
  }
  if (LOST.test(message)) throw new DatabaseUnavailable(message, { cause: error })
  throw error
}

/** Codes of Prisma for a database that is away, or too busy to begin. */
const PRISMA_UNAVAILABLE = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])

/** The same for errors that come through Prisma, which keeps the driver's own inside. @throws always */
export const translatePrismaError = (error: unknown): never => {
  const { code, cause, meta } = error as { code?: string; cause?: unknown; meta?: { driverAdapterError?: unknown } }
  if (code && PRISMA_UNAVAILABLE.has(code)) throw new DatabaseUnavailable((error as Error).message, { cause: error })
  const inner = originalCode(meta?.driverAdapterError) ?? originalCode(cause)
  if (inner?.startsWith(DATA_EXCEPTION)) throw new UnstorableValue('the database refuses it', { cause: error })
  throw error
}

const originalCode = (error: unknown): string | undefined =>
  (error as { cause?: { originalCode?: string } } | undefined)?.cause?.originalCode
