export { getWorkspace } from './get-workspace.ts'
export { listWorkspaces } from './list-workspaces.ts'
