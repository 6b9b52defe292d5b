import { reachBot } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { botIssueRepository } from './bot-issue.repository.ts'

/** Forgets an issue with its events: when it happens again it is a new one. @throws ResourceNotFound for the bot or the issue */
export const deleteBotIssue = async (ctx: WorkspaceContext, botId: string, id: string): Promise<void> => {
  await reachBot(ctx, botId)
  if (!(await ctx.db.atomically((rows) => botIssueRepository.delete(rows, botId, id)))) throw notFound('issue', id)
}
