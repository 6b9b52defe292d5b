import { type Logger, pino } from 'pino'

export type { Logger }

/** Lines of JSON on stderr; headers that let somebody in never get there. */
export const createLogger = (level: string): Logger =>
  pino({ level, redact: ['req.headers.authorization', 'req.headers.cookie'] }, pino.destination(2))
