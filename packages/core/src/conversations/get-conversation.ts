import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toConversation } from './conversation.mapper.ts'
import { conversationRepository } from './conversation.repository.ts'

/** @throws ResourceNotFound */
export const getConversation = async (ctx: BotContext, id: string): Promise<Conversation> => {
  const row = await conversationRepository.find(ctx, id)
  if (!row) throw notFound('conversation', id)
  return toConversation(ctx, row)
}
