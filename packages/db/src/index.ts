export { connectDb, type Db, type DbOptions, type Statement, type Transaction } from './db.ts'
export { type Bot, type Installation, type Integration, type IntegrationFamily, Prisma } from './gen/client.ts'
export { migrate } from './migrate.ts'
export { DatabaseUnavailable, UnstorableValue } from './translate-error.ts'
