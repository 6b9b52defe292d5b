export * from './message.schema.ts'
export * from './messages.operations.ts'
