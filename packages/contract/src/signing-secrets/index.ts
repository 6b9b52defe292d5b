export * from './signing-secrets.operations.ts'
