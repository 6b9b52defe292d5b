import type { BotIssueEvent } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { toBotIssueEvent } from './bot-issue.mapper.ts'
import { botIssueRepository } from './bot-issue.repository.ts'
import { reachIssue } from './reach-issue.ts'

/** The latest times an issue came up, newest first; of older ones only the count tells. @throws ResourceNotFound for the bot or the issue */
export const listBotIssueEvents = async (ctx: WorkspaceContext, botId: string, id: string): Promise<BotIssueEvent[]> =>
  (await botIssueRepository.events(ctx, botId, await reachIssue(ctx, botId, id))).map(toBotIssueEvent)
