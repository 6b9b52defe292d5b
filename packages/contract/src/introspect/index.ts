export * from './introspect.operations.ts'
