import { refusalOf } from '@understudy/auth'
import type { Access } from '@understudy/contract'
import type { CallerContext, WorkspaceContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'

/**
 * Into the workspace that stands in a path: there the door could not hold the caller's role against the operation's access.
 * @throws ResourceNotFound for a workspace the caller is no member of; Forbidden for a member who may not
 */
export const enterWorkspace = (ctx: CallerContext, workspaceId: string, access: Access): WorkspaceContext => {
  const { caller } = ctx
  if (caller.kind !== 'account' || !Object.hasOwn(caller.roles, workspaceId)) throw notFound('workspace', workspaceId)
  const refusal = refusalOf(access, caller, caller.roles[workspaceId])
  if (refusal) throw forbidden(refusal)
  return { ...ctx, workspaceId }
}
