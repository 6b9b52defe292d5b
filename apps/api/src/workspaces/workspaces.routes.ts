import { workspacesOperations } from '@understudy/contract'
import { getWorkspace, listWorkspaces } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const workspacesRoutes = implement(workspacesOperations, {
  listWorkspaces: ({ query }, ctx) => listWorkspaces(ctx, query),
  getWorkspace: ({ params }, ctx) => getWorkspace(ctx, params.id),
})
