import type { PublicWorkspace } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toPublicWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** What a workspace shows to everybody. @throws ResourceNotFound, also for one that is not public, unless the caller is a member */
export const getPublicWorkspace = async (ctx: CallerContext, id: string): Promise<PublicWorkspace> => {
  const { caller } = ctx
  const member = caller.kind === 'account' && Object.hasOwn(caller.roles, id)
  const row = await workspaceRepository.find(ctx, id)
  if (!row || !(row.isPublic || member)) throw notFound('workspace', id)
  return toPublicWorkspace(row)
}
