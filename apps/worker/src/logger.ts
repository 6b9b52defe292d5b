import { type Logger, pino } from 'pino'

/** Lines of JSON on stderr. */
export const createLogger = (level: string): Logger => pino({ level }, pino.destination(2))
