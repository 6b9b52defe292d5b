export { database, redisUrl } from './database.ts'
export { accept, type Reaction, type Received, receiver } from './receiver.ts'
export { freePort } from './services.ts'
export { MIGRATIONS } from './setup.ts'
