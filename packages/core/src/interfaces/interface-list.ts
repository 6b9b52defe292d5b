import type { InterfaceListQuery, InterfaceSummary } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { invalidQuery } from '../errors.ts'
import { bestOfEachName, isVersionWish } from '../publications/index.ts'
import { toInterfaceSummary } from './interface.mapper.ts'
import { type InterfaceList, interfaceRepository } from './interface.repository.ts'

type Versions = { id: string; familyId: string; version: string }[]

/** The list that a query asks for. @throws InvalidQuery for a version that is none */
export const listOf = async (
  { name, version }: Pick<InterfaceListQuery, 'name' | 'version'>,
  versions: (name: string | undefined) => Promise<Versions>,
): Promise<InterfaceList> => {
  if (version !== undefined && !isVersionWish(version))
    throw invalidQuery('version', 'must be a version, a range of versions or "latest"')
  const ids = version === undefined ? undefined : bestOfEachName(await versions(name), version)
  return { name, ids, frozen: { name, version } }
}

/** What stands at the places of a page. One that was deleted between the two reads is not there any more. */
export const summariesAt = async (
  ctx: PlatformContext,
  places: readonly { id: string }[],
): Promise<InterfaceSummary[]> => {
  const ids = places.map(({ id }) => id)
  const found = new Map((await interfaceRepository.summaries(ctx, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => found.get(id) ?? []).map((row) => toInterfaceSummary(ctx, row))
}
