export * from './log.schema.ts'
export * from './logs.operations.ts'
