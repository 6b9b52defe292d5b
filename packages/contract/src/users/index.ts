export * from './user.schema.ts'
export * from './users.operations.ts'
