import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { toConversation } from './conversation.mapper.ts'
import { conversationRepository } from './conversation.repository.ts'
import { conversationFromIntegration } from './conversation-from-integration.ts'
import { conversationDraft, type NewConversation } from './new-conversation.ts'

/**
 * Makes a conversation, even if one with the same tags exists; for a bot that names an integration, by way of that, where it
 * wants so.
 * @throws InvalidPayload; ReferenceNotFound for an integrationName; Runtime, OperationTimeout
 */
export const createConversation = async (ctx: BotContext, input: NewConversation): Promise<Conversation> => {
  const draft = conversationDraft(ctx, input)
  const made = await conversationFromIntegration(ctx, input, draft)
  return made ?? toConversation(ctx, await conversationRepository.insert(ctx, draft))
}
