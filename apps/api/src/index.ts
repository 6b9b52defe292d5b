export { createLogger } from './logger.ts'
export { serve } from './serve.ts'
