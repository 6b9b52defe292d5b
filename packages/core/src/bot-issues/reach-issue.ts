import { reachBot } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import type { BotIssueRow } from './bot-issue.mapper.ts'
import { botIssueRepository } from './bot-issue.repository.ts'

/** An issue of a bot the caller has. @throws ResourceNotFound for either */
export const reachIssue = async (ctx: WorkspaceContext, botId: string, id: string): Promise<BotIssueRow> => {
  await reachBot(ctx, botId)
  const row = await botIssueRepository.find(ctx, botId, id)
  if (!row) throw notFound('issue', id)
  return row
}
