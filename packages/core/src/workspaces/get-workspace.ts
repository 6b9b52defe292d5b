import { refusalOf } from '@understudy/auth'
import { type Workspace, workspacesOperations } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { toWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** @throws ResourceNotFound for a workspace the caller is no member of; Forbidden for a member who may not see it */
export const getWorkspace = async (ctx: CallerContext, id: string): Promise<Workspace> => {
  const { caller } = ctx
  const member = caller.kind === 'account' && Object.hasOwn(caller.roles, id)
  const row = member ? await workspaceRepository.find(ctx, id) : null
  if (!row) throw notFound('workspace', id)
  // The workspace stands in the path, so the door could not hold the role against it.
  const refusal = refusalOf(workspacesOperations.getWorkspace.access, caller, member ? caller.roles[id] : undefined)
  if (refusal) throw forbidden(refusal)
  return toWorkspace(row)
}
