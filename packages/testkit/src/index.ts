export { database, redisUrl } from './database.ts'
export { freePort } from './services.ts'
export { MIGRATIONS } from './setup.ts'
