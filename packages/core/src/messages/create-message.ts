import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { owedTo } from '../doorbell/index.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'
import { messageDraft, type NewMessage, refused } from './new-message.ts'

/**
 * Writes a message with all it brings about: it is counted, its author takes part, and a message from an integration
 * (`incoming`) leaves the event that wakes the bot. One round trip.
 * @throws ReferenceNotFound for the conversation or the user; RelationConflict when they are of different integrations;
 *   InvalidPayload for tags nobody declared; LimitExceeded for the payload
 */
export const createMessage = async (ctx: BotContext, input: NewMessage): Promise<Message> => {
  const draft = messageDraft(ctx, input)
  const { refusal, ...row } = await messageRepository.create(ctx, draft)
  if (refusal) throw refused(ctx, refusal, input)
  ctx.doorbell.ring(owedTo(ctx.bot.id, draft.scheduledAt))
  return toMessage(ctx, row)
}
