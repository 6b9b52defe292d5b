export * from './api-client.schema.ts'
export * from './api-clients.operations.ts'
