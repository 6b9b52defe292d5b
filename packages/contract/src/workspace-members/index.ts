export * from './workspace-member.schema.ts'
export * from './workspace-members.operations.ts'
