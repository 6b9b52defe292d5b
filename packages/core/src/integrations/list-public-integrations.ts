import type { PageQuery, PublicIntegrationSummary } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { toPublicIntegrationSummary } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'
import { type IntegrationFilter, listOf } from './integration-filter.ts'

/** The versions that any workspace has made public, newest first unless told. @throws InvalidQuery */
export const listPublicIntegrations = async (
  ctx: CallerContext,
  { nextToken, pageSize, limit = pageSize, ...filter }: PageQuery & IntegrationFilter & { limit?: number | undefined },
): Promise<{ integrations: PublicIntegrationSummary[]; meta: { nextToken?: string } }> => {
  const list = await listOf(ctx, filter, {
    versions: (name) => integrationRepository.publicVersions(ctx, name),
    holdsBotsOf: () => true,
  })
  const { rows, meta } = await integrationRepository.publicPage(ctx, { nextToken, pageSize: limit }, list)
  const ids = rows.map(({ id }) => id)
  const found = new Map((await integrationRepository.publicSummaries(ctx, ids)).map((row) => [row.id, row]))
  // One that was deleted between the two reads is not there any more.
  const present = ids.flatMap((id) => found.get(id) ?? [])
  return { integrations: present.map((row) => toPublicIntegrationSummary(ctx, row, list.search)), meta }
}
