import type { PublicWorkspace } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toPublicWorkspace } from './workspace.mapper.ts'
import { workspaceRepository } from './workspace.repository.ts'

/** What a workspace shows to everybody. @throws ResourceNotFound, also for one that is not public, unless the caller is a member */
export const getPublicWorkspace = async (ctx: CallerContext, id: string): Promise<PublicWorkspace> => {
  accountIdOf(ctx.caller)
  const row = await workspaceRepository.find(ctx, id)
  const member = ctx.caller.kind === 'account' && Object.hasOwn(ctx.caller.roles, id)
  if (!row?.isPublic && !(row && member)) throw notFound('workspace', id)
  return toPublicWorkspace(row)
}
