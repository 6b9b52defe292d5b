import type { ActionRun, PageQuery } from '@understudy/contract'
import { reachBot } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { actionRepository } from './action.repository.ts'
import { toActionRun } from './action-run.mapper.ts'

export type ActionRunFilter = {
  integrationName: string
  timestampFrom?: Date | undefined
  timestampUntil?: Date | undefined
}

/** The latest calls of the actions of an integration in a bot. @throws ResourceNotFound; InvalidQuery */
export const listActionRuns = async (
  ctx: WorkspaceContext,
  botId: string,
  { integrationName: name, timestampFrom: from, timestampUntil: until, ...page }: PageQuery & ActionRunFilter,
): Promise<{ data: ActionRun[]; meta: { nextToken?: string } }> => {
  await reachBot(ctx, botId)
  const { rows, meta } = await actionRepository.page(ctx, botId, page, { name, from, until })
  return { data: rows.map(toActionRun), meta }
}
