export * from './storage-file.schema.ts'
export * from './storage-files.operations.ts'
