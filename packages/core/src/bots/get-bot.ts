import type { Bot } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import type { KeyedBy } from '../installations/index.ts'
import { toBot } from './bot.mapper.ts'
import { botRepository } from './bot.repository.ts'

/** A bot of the workspace; a bot sees itself alone. @throws ResourceNotFound */
export const getBot = async (ctx: WorkspaceContext, id: string, keyedBy: KeyedBy): Promise<Bot> => {
  const within = ctx.caller.kind !== 'bot' || ctx.caller.botId === id
  const row = within ? await botRepository.find(ctx, id) : null
  if (!row) throw notFound('bot', id)
  return toBot(ctx, row, keyedBy)
}
