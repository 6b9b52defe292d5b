export * from './credential.schema.ts'
