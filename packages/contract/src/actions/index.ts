export * from './action-run.schema.ts'
export * from './actions.operations.ts'
