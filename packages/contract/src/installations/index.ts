export * from './installations.operations.ts'
