export * from './tag-match.schema.ts'
export * from './tags.operations.ts'
