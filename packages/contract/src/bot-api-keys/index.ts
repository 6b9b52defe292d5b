export * from './bot-api-keys.operations.ts'
