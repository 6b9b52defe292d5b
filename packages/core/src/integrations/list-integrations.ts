import type { IntegrationSummary, PageQuery } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { toIntegrationSummary } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'
import { type IntegrationFilter, listOf } from './integration-filter.ts'

/** The workspace's versions, newest first unless told; development versions only where asked for. @throws InvalidQuery */
export const listIntegrations = async (
  ctx: WorkspaceContext,
  { nextToken, pageSize, limit = pageSize, ...filter }: PageQuery & IntegrationFilter & { limit?: number | undefined },
): Promise<{ integrations: IntegrationSummary[]; meta: { nextToken?: string } }> => {
  const { dev = false } = filter
  const list = await listOf(ctx, filter, {
    versions: (name) => integrationRepository.versions(ctx, name, dev),
    holdsBotsOf: (workspaceId) => workspaceId === ctx.workspaceId,
  })
  const { rows, meta } = await integrationRepository.page(ctx, { nextToken, pageSize: limit }, dev, list)
  const ids = rows.map(({ id }) => id)
  const found = new Map((await integrationRepository.summaries(ctx, ids)).map((row) => [row.id, row]))
  // One that was deleted between the two reads is not there any more.
  const present = ids.flatMap((id) => found.get(id) ?? [])
  return { integrations: present.map((row) => toIntegrationSummary(ctx, row, list.search)), meta }
}
