export * from './analytics.operations.ts'
export { AnalyticsRecord } from './analytics-record.schema.ts'
