import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { presentTags, tagMatch } from '../tags/index.ts'
import { toConversation } from './conversation.mapper.ts'
import { conversationRepository } from './conversation.repository.ts'
import { conversationDraft, type NewConversation } from './new-conversation.ts'

export type WantedConversation = NewConversation & { discriminateByTags?: string[] | undefined }

/**
 * The oldest conversation on this channel with these tags, untouched, or a new one. Callers that ask at the same time get
 * the same conversation. Without any tag that has a value there is nothing to match, and a new one is made.
 * @throws InvalidPayload; ReferenceNotFound for an integrationName
 */
export const getOrCreateConversation = async (
  ctx: BotContext,
  { discriminateByTags, ...input }: WantedConversation,
): Promise<{ conversation: Conversation; created: boolean }> => {
  const draft = conversationDraft(ctx, input)
  const match = tagMatch(ctx, presentTags(input.tags), ctx.bot.conversationTags, discriminateByTags)
  if (!match)
    return { conversation: toConversation(ctx, await conversationRepository.insert(ctx, draft)), created: true }
  const { created, ...row } = await conversationRepository.getOrCreate(ctx, draft, match)
  return { conversation: toConversation(ctx, row), created }
}
