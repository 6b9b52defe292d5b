import type { BotIssue } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { toBotIssue } from './bot-issue.mapper.ts'
import { reachIssue } from './reach-issue.ts'

/** @throws ResourceNotFound for the bot or the issue */
export const getBotIssue = async (ctx: WorkspaceContext, botId: string, id: string): Promise<BotIssue> =>
  toBotIssue(await reachIssue(ctx, botId, id))
