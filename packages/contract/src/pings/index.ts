export * from './ping.schema.ts'
export * from './pings.operations.ts'
