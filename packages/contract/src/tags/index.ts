export * from './tags.operations.ts'
