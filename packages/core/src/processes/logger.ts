import { type Logger, pino } from 'pino'

export type { Logger }

/** Lines are written together, up to so many bytes or so long after the first: a write for each costs more than the line. */
const TOGETHER_BYTES = 4096
const TOGETHER_MS = 100

/** Lines of JSON on stderr; headers that let somebody in never get there. What is not written yet is when the process exits. */
export const createLogger = (level: string): Logger =>
  pino(
    { level, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    pino.destination({ dest: 2, sync: false, minLength: TOGETHER_BYTES, periodicFlush: TOGETHER_MS }),
  )
