export * from './account.operations.ts'
export * from './account.schema.ts'
