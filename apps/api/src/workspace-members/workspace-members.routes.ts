import { workspaceMembersOperations } from '@understudy/contract'
import {
  createWorkspaceMember,
  deleteWorkspaceMember,
  getWorkspaceMember,
  listWorkspaceMembers,
  updateWorkspaceMember,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const workspaceMembersRoutes = implement(workspaceMembersOperations, {
  listWorkspaceMembers: ({ query }, ctx) => listWorkspaceMembers(ctx, query),
  createWorkspaceMember: ({ body }, ctx) => createWorkspaceMember(ctx, body),
  getWorkspaceMember: (_input, ctx) => getWorkspaceMember(ctx),
  updateWorkspaceMember: ({ params, body }, ctx) => updateWorkspaceMember(ctx, params.id, body),
  deleteWorkspaceMember: async ({ params }, ctx) => {
    await deleteWorkspaceMember(ctx, params.id)
    return {}
  },
})
