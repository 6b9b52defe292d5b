export * from './emulator.operations.ts'
