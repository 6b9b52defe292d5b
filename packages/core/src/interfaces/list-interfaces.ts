import type { InterfaceListQuery, InterfaceSummary } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { interfaceRepository } from './interface.repository.ts'
import { listOf, summariesAt } from './interface-list.ts'

/** The workspace's versions, newest first. @throws InvalidQuery */
export const listInterfaces = async (
  ctx: WorkspaceContext,
  { name, version, ...page }: InterfaceListQuery,
): Promise<{ interfaces: InterfaceSummary[]; meta: { nextToken?: string } }> => {
  const list = await listOf({ name, version }, (wanted) => interfaceRepository.versions(ctx, wanted))
  const { rows, meta } = await interfaceRepository.page(ctx, page, list)
  return { interfaces: await summariesAt(ctx, rows), meta }
}
