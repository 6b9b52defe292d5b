import type { InterfaceListQuery, InterfaceSummary } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { interfaceRepository } from './interface.repository.ts'
import { listOf, summariesAt } from './interface-list.ts'

/** The versions that any workspace has made public, newest first. @throws InvalidQuery */
export const listPublicInterfaces = async (
  ctx: CallerContext,
  { name, version, ...page }: InterfaceListQuery,
): Promise<{ interfaces: InterfaceSummary[]; meta: { nextToken?: string } }> => {
  const list = await listOf({ name, version }, (wanted) => interfaceRepository.publicVersions(ctx, wanted))
  const { rows, meta } = await interfaceRepository.publicPage(ctx, page, list)
  return { interfaces: await summariesAt(ctx, rows), meta }
}
