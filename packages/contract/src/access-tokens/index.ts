export * from './access-tokens.operations.ts'
export * from './oauth2.operations.ts'
