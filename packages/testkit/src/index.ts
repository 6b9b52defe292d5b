export { database, redisUrl } from './database.ts'
export { accept, type Reaction, type Received, receiver } from './receiver.ts'
export { freePort, startRedisServer } from './services.ts'
export { MIGRATIONS } from './setup.ts'
