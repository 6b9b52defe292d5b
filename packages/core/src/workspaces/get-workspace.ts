import type { Workspace } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** @throws ResourceNotFound for a workspace the caller is no member of */
export const getWorkspace = async (ctx: CallerContext, id: string): Promise<Workspace> => {
  const member = ctx.caller.kind === 'account' && Object.hasOwn(ctx.caller.roles, id)
  const row = member ? await workspaceRepository.find(ctx, id) : null
  if (!row) throw notFound('workspace', id)
  return toWorkspace(row)
}
