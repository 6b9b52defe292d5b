import { type Workspace, workspacesOperations } from '@understudy/contract'
import { enterWorkspace } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** @throws ResourceNotFound for a workspace the caller is no member of; Forbidden for a member who may not see it */
export const getWorkspace = async (caller: CallerContext, id: string): Promise<Workspace> => {
  const ctx = enterWorkspace(caller, id, workspacesOperations.getWorkspace.access)
  const row = await workspaceRepository.find(ctx, id)
  if (!row) throw notFound('workspace', id)
  return toWorkspace(row)
}
