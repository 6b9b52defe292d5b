import type { IntegrationSummary, PageQuery } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { invalidQuery } from '../errors.ts'
import { isUuid } from '../ids.ts'
import { pageBy } from '../pages/index.ts'
import { chooseVersion, isVersionWish } from './choose-version.rules.ts'
import { toIntegrationSummary } from './integration.mapper.ts'
import { type IntegrationList, integrationRepository } from './integration.repository.ts'

export type IntegrationFilter = PageQuery & {
  limit?: number | undefined
  name?: string | undefined
  version?: string | undefined
  dev?: boolean | undefined
  visibility?: 'public' | 'private' | undefined
  verificationStatus?: string | undefined
  interfaceId?: string | undefined
  interfaceName?: string | undefined
  installedByBotId?: string | undefined
  search?: string | undefined
  sortBy?: 'popularity' | 'name' | 'createdAt' | 'updatedAt' | 'installCount' | undefined
  direction?: 'asc' | 'desc' | undefined
}

/** The workspace's versions, newest first unless told; development versions only where asked for. @throws InvalidQuery */
export const listIntegrations = async (
  ctx: WorkspaceContext,
  { nextToken, pageSize, limit = pageSize, ...filter }: IntegrationFilter,
): Promise<{ integrations: IntegrationSummary[]; meta: { nextToken?: string } }> => {
  if (filter.version !== undefined && !isVersionWish(filter.version))
    throw invalidQuery('version', 'must be a version, a range of versions or "latest"')
  const list = await toList(ctx, filter)
  const { rows, meta } = await pageBy(
    ctx,
    { nextToken, pageSize: limit },
    {
      frozen: ['integrations', ctx.workspaceId, filter],
      read: (after, take) => integrationRepository.places(ctx, list, after, take),
      positionOf: ({ value, seq }) => ({ value, seq }),
    },
  )
  const ids = rows.map(({ id }) => id)
  const found = new Map((await integrationRepository.summaries(ctx, ids)).map((row) => [row.id, row]))
  // One that was deleted between the two reads is not there any more.
  const integrations = ids.flatMap((id) => found.get(id) ?? []).map(toIntegrationSummary)
  return { integrations, meta }
}

type Filter = Omit<IntegrationFilter, 'nextToken' | 'pageSize' | 'limit'>

const toList = async (
  ctx: WorkspaceContext,
  { version, interfaceId, interfaceName, installedByBotId: botId, sortBy = 'createdAt', ...filter }: Filter,
): Promise<IntegrationList> => {
  const { name, dev = false, direction = 'desc' } = filter
  // Nobody publishes interfaces here yet, so nothing implements one; and no bot has an id that is none.
  const nothing = interfaceId !== undefined || interfaceName !== undefined || (botId !== undefined && !isUuid(botId))
  const ids = nothing ? [] : version === undefined ? undefined : await chosen(ctx, { name, dev, version })
  return {
    ...filter,
    dev,
    direction,
    sortBy: sortBy === 'popularity' ? 'installCount' : sortBy,
    installedByBotId: nothing ? undefined : botId,
    ids,
  }
}

/** Of each name, the version that is meant. */
const chosen = async (
  ctx: WorkspaceContext,
  { name, dev, version }: { name: string | undefined; dev: boolean; version: string },
): Promise<string[]> => {
  const versions = await integrationRepository.versions(ctx, name, dev)
  const families = [...new Set(versions.map(({ familyId }) => familyId))]
  return families.flatMap(
    (family) =>
      chooseVersion(
        versions.filter(({ familyId }) => familyId === family),
        version,
      )?.id ?? [],
  )
}
