import type { BotLogsQuery } from '@understudy/contract'
import { botRepository } from '../bots/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { type LogsPage, readLogs } from './read-logs.ts'

/** What a bot said, and what integrations said in it for its owners to see; newest first. @throws ResourceNotFound for the bot; InvalidQuery for a token of another list */
export const getBotLogs = async (ctx: WorkspaceContext, botId: string, query: BotLogsQuery): Promise<LogsPage> => {
  if (!(await botRepository.isWithinReach(ctx, botId))) throw notFound('bot', botId)
  return readLogs(ctx, { kind: 'bot', id: botId }, query)
}
