import type { Conversation, Message, User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { toConversation, type WantedConversation, wantedConversation } from '../conversations/index.ts'
import { type ApiError, placed, relationConflict, within } from '../errors.ts'
import { toUser, type WantedUser, wantedUser } from '../users/index.ts'
import { incomingMessageRepository } from './incoming-message.repository.ts'
import { toMessage } from './message.mapper.ts'
import type { Refusal } from './message.repository.ts'
import { refused, type WantedMessage, wantedMessage } from './new-message.ts'

/** Of user and conversation each, either the id or what it is to be got or created from. */
export type IncomingMessage = {
  userId?: string | undefined
  user?: WantedUser | undefined
  conversationId?: string | undefined
  conversation?: WantedConversation | undefined
  message?: Omit<WantedMessage, 'userId' | 'conversationId' | 'schedule'> | undefined
}

/**
 * Who says what where: user, conversation and message, each there already or got or created as by itself, all or none, in
 * one round trip. The message is incoming whoever calls: a bot speaks for the integration of the conversation.
 * @throws as getOrCreateUser, getOrCreateConversation and getOrCreateMessage, naming the part
 */
export const initializeIncomingMessage = async (
  ctx: BotContext,
  input: IncomingMessage,
): Promise<{ user: User; conversation: Conversation; message?: Message }> => {
  const { userId = '', user, conversationId = '', conversation, message } = input
  const made = await incomingMessageRepository.initialize(ctx, {
    user: user ? within('user', () => wantedUser(ctx, user)) : { known: userId },
    conversation: conversation
      ? within('conversation', () => wantedConversation(ctx, conversation))
      : { known: conversationId },
    message: message && within('message', () => wantedMessage(ctx, { ...message, userId, conversationId })),
  })
  if (made.refusal) throw refusedPart(ctx, made.refusal, input)
  if (made.message) ctx.doorbell.ring([ctx.bot.id])
  return {
    user: toUser(ctx, made.user),
    conversation: toConversation(ctx, made.conversation),
    ...(made.message ? { message: toMessage(ctx, made.message) } : {}),
  }
}

const refusedPart = (ctx: BotContext, refusal: Refusal, input: IncomingMessage): ApiError => {
  const { userId = '', conversationId = '', message } = input
  // Those that were made on the way are gone again, and their ids mean nothing.
  if (refusal === 'relation') return relationConflict('The user and the conversation belong to different integrations')
  const error = refused(ctx, refusal, { userId, conversationId, tags: message?.tags ?? {} })
  return refusal === 'tags' ? placed('message', error) : error
}
