export * from './clock.operations.ts'
