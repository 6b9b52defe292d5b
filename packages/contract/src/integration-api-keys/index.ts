export * from './integration-api-keys.operations.ts'
