import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'
import { redactLine } from './redact-line.rules.ts'

export type { Logger }

/** Lines are written together, up to so many bytes or so long after the first: a write for each costs more than the line. */
const TOGETHER_BYTES = 4096
const TOGETHER_MS = 100

/** What PostgreSQL adds to an error: rows and values, which belong to the people whose they are. */
const ROWS = new Set(['detail', 'where', 'internalQuery', 'parameters'])

/**
 * Lines of JSON on stderr; what lets somebody in never gets there, wherever it stands. What is not written yet is when the
 * process exits.
 */
export const createLogger = (level: string, destination: DestinationStream = stderr()): Logger =>
  pino(
    {
      level,
      // Not by paths: those would have to be known for every line that is ever written.
      hooks: { streamWrite: redactLine },
      serializers: { err: toError },
    },
    destination,
  )

const stderr = (): DestinationStream =>
  pino.destination({ dest: 2, sync: false, minLength: TOGETHER_BYTES, periodicFlush: TOGETHER_MS })

const toError = (error: unknown): unknown =>
  error instanceof Error
    ? Object.fromEntries(Object.entries(stdSerializers.err(error)).filter(([name]) => !ROWS.has(name)))
    : error
