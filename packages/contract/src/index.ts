export * from './common/errors.ts'
export * from './operation.ts'
