import type { BotIssue, PageQuery } from '@understudy/contract'
import { reachBot } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { toBotIssue } from './bot-issue.mapper.ts'
import { botIssueRepository } from './bot-issue.repository.ts'

/** What goes wrong in a bot, newest first. @throws ResourceNotFound for the bot; InvalidQuery for a token of another list */
export const listBotIssues = async (
  ctx: WorkspaceContext,
  botId: string,
  page: PageQuery,
): Promise<{ issues: BotIssue[]; meta: { nextToken?: string } }> => {
  await reachBot(ctx, botId)
  const { rows, meta } = await botIssueRepository.page(ctx, botId, page)
  return { issues: rows.map(toBotIssue), meta }
}
