export * from './preferences.operations.ts'
