import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { toConversation } from './conversation.mapper.ts'
import { conversationRepository } from './conversation.repository.ts'
import { conversationFromIntegration } from './conversation-from-integration.ts'
import { type WantedConversation, wantedConversation } from './new-conversation.ts'

/**
 * The oldest conversation on this channel with these tags, untouched, or a new one. Callers that ask at the same time get
 * the same conversation. Without any tag that has a value there is nothing to match, and a new one is made.
 * An integration that the bot names, and that starts its conversations itself, is asked each time.
 * @throws InvalidPayload; ReferenceNotFound for an integrationName; Runtime, OperationTimeout
 */
export const getOrCreateConversation = async (
  ctx: BotContext,
  input: WantedConversation,
): Promise<{ conversation: Conversation; created: boolean }> => {
  const { draft, match } = wantedConversation(ctx, input)
  const askedAt = ctx.clock.now().toISOString()
  const made = await conversationFromIntegration(ctx, input, draft)
  // It does not say whether it knew it.
  if (made) return { conversation: made, created: made.createdAt >= askedAt }
  if (!match)
    return { conversation: toConversation(ctx, await conversationRepository.insert(ctx, draft)), created: true }
  const { created, ...row } = await conversationRepository.getOrCreate(ctx, draft, match)
  return { conversation: toConversation(ctx, row), created }
}
