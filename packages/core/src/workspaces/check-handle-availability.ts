import type { HandleAvailability } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { handlesLike, isHandle } from './handle.rules.ts'
import { workspaceRepository } from './workspace.repository.ts'

const SUGGESTIONS = 3

/** Whether a workspace could take a handle; if not, some it could, and which workspace of the caller's has it. */
export const checkHandleAvailability = async (ctx: CallerContext, handle: string): Promise<HandleAvailability> => {
  const suggestions = handlesLike(handle)
  const taken = await workspaceRepository.idsByHandle(ctx, [handle, ...suggestions])
  const holder = taken.get(handle)
  if (holder === undefined && isHandle(handle)) return { available: true, suggestions: [] }
  const { caller } = ctx
  const own = holder !== undefined && caller.kind === 'account' && Object.hasOwn(caller.roles, holder)
  return {
    available: false,
    suggestions: suggestions.filter((one) => !taken.has(one)).slice(0, SUGGESTIONS),
    ...(own ? { usedBy: holder } : {}),
  }
}
