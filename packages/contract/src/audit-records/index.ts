export * from './audit-record.schema.ts'
export * from './audit-records.operations.ts'
