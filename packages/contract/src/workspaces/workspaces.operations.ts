import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { Workspace } from './workspace.schema.ts'

export const workspacesOperations = defineOperations({
  listWorkspaces: {
    method: 'GET',
    path: '/v1/admin/workspaces',
    summary: 'List the workspaces the caller is a member of',
    tenant: 'account',
    access: { callers: ['account'] },
    query: PageQuery.extend({ handle: z.string().optional() }),
    status: 200,
    response: z.object({ workspaces: z.array(Workspace), meta: PageMeta }),
  },
  getWorkspace: {
    method: 'GET',
    path: '/v1/admin/workspaces/:id',
    summary: 'Read one workspace',
    tenant: 'account',
    access: { callers: ['account:viewer'] },
    params: PathId,
    status: 200,
    response: Workspace,
  },
})
