import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { presentTags, tagMatch } from '../tags/index.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'
import { messageDraft, type NewMessage, refused } from './new-message.ts'

export type WantedMessage = NewMessage & { discriminateByTags?: string[] | undefined }

/**
 * The oldest message of the conversation with these tags, untouched, or a new one, written as createMessage does.
 * Callers that ask at the same time get the same message; without any tag that has a value a new one is made.
 * @throws as createMessage
 */
export const getOrCreateMessage = async (
  ctx: BotContext,
  { discriminateByTags, ...input }: WantedMessage,
): Promise<{ message: Message; created: boolean }> => {
  const draft = messageDraft(ctx, input)
  const match = tagMatch(ctx, presentTags(input.tags), ctx.bot.messageTags, discriminateByTags)
  const { created, refusal, ...row } = match
    ? await messageRepository.getOrCreate(ctx, draft, match)
    : { ...(await messageRepository.create(ctx, draft)), created: true }
  if (refusal) throw refused(ctx, refusal, input)
  if (created) ctx.doorbell.ring()
  return { message: toMessage(ctx, row), created }
}
