export * from './deliveries.operations.ts'
export * from './delivery.schema.ts'
