import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { owedTo } from '../doorbell/index.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'
import { refused, type WantedMessage, wantedMessage } from './new-message.ts'

/**
 * The oldest message of the conversation with these tags, untouched, or a new one, written as createMessage does.
 * Callers that ask at the same time get the same message; without any tag that has a value a new one is made.
 * @throws as createMessage
 */
export const getOrCreateMessage = async (
  ctx: BotContext,
  input: WantedMessage,
): Promise<{ message: Message; created: boolean }> => {
  const { draft, match } = wantedMessage(ctx, input)
  const { created, refusal, ...row } = match
    ? await messageRepository.getOrCreate(ctx, draft, match)
    : { ...(await messageRepository.create(ctx, draft)), created: true }
  if (refusal) throw refused(ctx, refusal, input)
  if (created) ctx.doorbell.ring(owedTo(ctx.bot.id, draft.scheduledAt))
  return { message: toMessage(ctx, row), created }
}
