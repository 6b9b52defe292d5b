export { createLogger, type Logger } from './logger.ts'
export { type OpenPlatformOptions, openPlatform, placeOf, unreachable } from './open-platform.ts'
export { runProcess } from './run-process.ts'
