import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toConversation } from './conversation.mapper.ts'
import { conversationRepository } from './conversation.repository.ts'

/**
 * Deletes a conversation; its messages, participations and states are gone in the same moment. Answers what was deleted.
 * @throws ResourceNotFound
 */
export const deleteConversation = async (ctx: BotContext, id: string): Promise<Conversation> => {
  const row = await conversationRepository.delete(ctx, id)
  if (!row) throw notFound('conversation', id)
  return toConversation(ctx, row)
}
