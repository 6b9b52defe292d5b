import type { BotLogsQuery } from '@understudy/contract'
import { reachBot } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { type LogsPage, readLogs } from './read-logs.ts'

/** What a bot said, and what integrations said in it for its owners to see; newest first. @throws ResourceNotFound for the bot; InvalidQuery for a token of another list */
export const getBotLogs = async (ctx: WorkspaceContext, botId: string, query: BotLogsQuery): Promise<LogsPage> => {
  await reachBot(ctx, botId)
  return readLogs(ctx, { kind: 'bot', id: botId }, query)
}
