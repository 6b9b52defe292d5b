import type { Interface } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toInterface } from './interface.mapper.ts'
import { interfaceRepository } from './interface.repository.ts'

/** @throws ResourceNotFound, also for a public one of another workspace: that is in the hub */
export const getInterface = async (ctx: WorkspaceContext, id: string): Promise<Interface> => {
  const row = await interfaceRepository.find(ctx, id)
  if (!row) throw notFound('interface', id)
  return toInterface(ctx, row)
}
