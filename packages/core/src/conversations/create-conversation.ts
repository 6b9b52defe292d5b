import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { toConversation } from './conversation.mapper.ts'
import { conversationRepository } from './conversation.repository.ts'
import { conversationDraft, type NewConversation } from './new-conversation.ts'

/** Makes a conversation, even if one with the same tags exists. @throws InvalidPayload; ReferenceNotFound for an integrationName */
export const createConversation = async (ctx: BotContext, input: NewConversation): Promise<Conversation> =>
  toConversation(ctx, await conversationRepository.insert(ctx, conversationDraft(ctx, input)))
