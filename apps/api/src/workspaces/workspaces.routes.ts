import { workspacesOperations } from '@understudy/contract'
import {
  checkHandleAvailability,
  createWorkspace,
  deleteWorkspace,
  getPublicWorkspace,
  getWorkspace,
  listPublicWorkspaces,
  listWorkspaces,
  updateWorkspace,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const workspacesRoutes = implement(workspacesOperations, {
  createWorkspace: ({ body }, ctx) => createWorkspace(ctx, body),
  listWorkspaces: ({ query }, ctx) => listWorkspaces(ctx, query),
  getWorkspace: ({ params }, ctx) => getWorkspace(ctx, params.id),
  updateWorkspace: ({ params, body }, ctx) => updateWorkspace(ctx, params.id, body),
  deleteWorkspace: async ({ params }, ctx) => {
    await deleteWorkspace(ctx, params.id)
    return {}
  },
  getPublicWorkspace: ({ params }, ctx) => getPublicWorkspace(ctx, params.id),
  listPublicWorkspaces: ({ query }, ctx) => listPublicWorkspaces(ctx, query),
  checkHandleAvailability: ({ body }, ctx) => checkHandleAvailability(ctx, body.handle),
})
