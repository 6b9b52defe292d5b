export * from './state.schema.ts'
export * from './states.operations.ts'
