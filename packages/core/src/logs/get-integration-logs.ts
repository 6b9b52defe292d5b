import type { LogsQuery } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { integrationRepository } from '../integrations/index.ts'
import { type LogsPage, readLogs } from './read-logs.ts'

/** What a version of an integration said in all bots that have it, but for what it hides; newest first. @throws ResourceNotFound; InvalidQuery for a token of another list */
export const getIntegrationLogs = async (
  ctx: WorkspaceContext,
  integrationId: string,
  query: LogsQuery,
): Promise<LogsPage> => {
  if (!(await integrationRepository.find(ctx, integrationId))) throw notFound('integration', integrationId)
  return readLogs(ctx, { kind: 'integration', id: integrationId }, query)
}
