export * from './analytics.operations.ts'
