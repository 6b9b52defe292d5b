import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { NewWorkspaceMember, WorkspaceMember, WorkspaceMemberChanges } from './workspace-member.schema.ts'

export const workspaceMembersOperations = defineOperations({
  listWorkspaceMembers: {
    method: 'GET',
    path: '/v1/admin/workspace-members',
    summary: 'List the members of the workspace',
    tenant: 'workspace',
    access: { callers: ['account:administrator'] },
    query: PageQuery,
    status: 200,
    response: z.object({ members: z.array(WorkspaceMember), meta: PageMeta }),
  },
  createWorkspaceMember: {
    method: 'POST',
    path: '/v1/admin/workspace-members',
    summary: 'Add an account to the workspace; one nobody has yet is made',
    tenant: 'workspace',
    access: { callers: ['account:administrator'] },
    body: NewWorkspaceMember,
    status: 200,
    response: WorkspaceMember,
  },
  getWorkspaceMember: {
    method: 'GET',
    path: '/v1/admin/workspace-members/me',
    summary: 'Read the membership of the caller',
    tenant: 'workspace',
    access: { callers: ['account:billing'] },
    status: 200,
    response: WorkspaceMember,
  },
  updateWorkspaceMember: {
    method: 'PUT',
    path: '/v1/admin/workspace-members/:id',
    summary: 'Give a member another role',
    tenant: 'workspace',
    access: { callers: ['account:administrator'] },
    params: PathId,
    body: WorkspaceMemberChanges,
    status: 200,
    response: WorkspaceMember,
  },
  deleteWorkspaceMember: {
    method: 'DELETE',
    path: '/v1/admin/workspace-members/:id',
    summary: 'Remove a member, or leave; removing others needs the role administrator',
    tenant: 'workspace',
    access: { callers: ['account:billing'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
