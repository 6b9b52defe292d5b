export * from './workspace.schema.ts'
export * from './workspaces.operations.ts'
