export * from './event.schema.ts'
export * from './events.operations.ts'
