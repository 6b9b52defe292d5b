import type { BotAllowlist } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { botRepository } from './bot.repository.ts'
import { botAllowlistRepository } from './bot-allowlist.repository.ts'

/** Which members below administrator have a bot. @throws ResourceNotFound, also for who does not have it */
export const getBotAllowlist = async (ctx: WorkspaceContext, botId: string): Promise<BotAllowlist> => {
  const bot = await botRepository.find(ctx, botId)
  const allowlist = bot && (await botAllowlistRepository.find(ctx, botId))
  if (!allowlist) throw notFound('bot', botId)
  return allowlist
}
