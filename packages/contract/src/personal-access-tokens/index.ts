export * from './personal-access-tokens.operations.ts'
