export * from './vrl.operations.ts'
