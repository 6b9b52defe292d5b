export * from './signing-key.schema.ts'
export * from './signing-keys.operations.ts'
