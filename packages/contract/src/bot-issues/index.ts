export * from './bot-issue.schema.ts'
export * from './bot-issues.operations.ts'
