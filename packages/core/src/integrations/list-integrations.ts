import type { IntegrationSummary, PageQuery } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { invalidQuery } from '../errors.ts'
import { isUuid } from '../ids.ts'
import { pageBy } from '../pages/index.ts'
import { chooseVersion, isVersionWish } from './choose-version.rules.ts'
import { toIntegrationSummary } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'

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
  const where = await conditions(ctx, filter)
  const { rows, meta } = await pageBy(
    ctx,
    { nextToken, pageSize: limit },
    {
      frozen: ['integrations', ctx.workspaceId, filter],
      read: (after, take) => integrationRepository.page(ctx, where, order(filter), after?.value, take),
      positionOf: ({ id }) => ({ value: id, seq: '' }),
    },
  )
  return { integrations: rows.map(toIntegrationSummary), meta }
}

type Filter = Omit<IntegrationFilter, 'nextToken' | 'pageSize' | 'limit'>

const conditions = async (ctx: WorkspaceContext, filter: Filter): Promise<Prisma.IntegrationWhereInput> => {
  const all: Prisma.IntegrationWhereInput[] = [{ dev: filter.dev ?? false }]
  if (filter.name !== undefined) all.push({ family: { name: filter.name } })
  if (filter.version !== undefined) all.push({ id: { in: await chosen(ctx, filter) } })
  if (filter.visibility !== undefined) all.push({ visibility: filter.visibility })
  if (filter.verificationStatus !== undefined) all.push({ verificationStatus: filter.verificationStatus })
  if (filter.installedByBotId !== undefined) all.push(installedBy(filter.installedByBotId))
  // Nobody publishes interfaces here yet: nothing implements one.
  if (filter.interfaceId !== undefined || filter.interfaceName !== undefined) all.push({ id: { in: [] } })
  if (filter.search !== undefined) all.push(found(filter.search))
  return { AND: all }
}

const installedBy = (botId: string): Prisma.IntegrationWhereInput =>
  isUuid(botId) ? { installations: { some: { botId, removedAt: null } } } : { id: { in: [] } }

const found = (text: string): Prisma.IntegrationWhereInput => {
  const contains = { contains: text, mode: 'insensitive' } as const
  return { OR: [{ title: contains }, { description: contains }, { family: { name: contains } }] }
}

/** Of each name, the version that is meant. */
const chosen = async (ctx: WorkspaceContext, { name, version = '', dev = false }: Filter): Promise<string[]> => {
  const names = name === undefined ? await integrationRepository.names(ctx) : [name]
  const versions = await Promise.all(names.map((one) => integrationRepository.versions(ctx, one, dev)))
  return versions.flatMap((some) => chooseVersion(some, version)?.id ?? [])
}

const order = ({ sortBy = 'createdAt', direction = 'desc' }: Filter): Prisma.IntegrationOrderByWithRelationInput[] => {
  const last = { seq: direction }
  switch (sortBy) {
    case 'name':
      return [{ family: { name: direction } }, last]
    case 'popularity':
    case 'installCount':
      return [{ installations: { _count: direction } }, last]
    case 'createdAt':
      return [{ createdAt: direction }, last]
    case 'updatedAt':
      return [{ updatedAt: direction }, last]
  }
}
