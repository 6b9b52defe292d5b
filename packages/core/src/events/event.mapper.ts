import type { Event } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type ConversationRow, toConversation } from '../conversations/index.ts'
import { withIsoTimes } from '../json-row.ts'
import { type MessageRow, toMessage } from '../messages/index.ts'
import { toUser, type UserRow } from '../users/index.ts'

export type EventRow = {
  id: string
  seq: string
  installation_id: string | null
  type: string
  payload: Record<string, unknown> | null
  conversation_id: string | null
  user_id: string | null
  message_id: string | null
  status: Event['status']
  failure_reason: string | null
  created_at: string
  /** the three that the payload of message_created is put together from; null once deleted */
  message: MessageRow | null
  conversation: ConversationRow | null
  author: UserRow | null
}

export const MESSAGE_CREATED = 'message_created'

export const toEvent = (ctx: BotContext, row: EventRow): Event => ({
  id: row.id,
  createdAt: row.created_at,
  type: nameOf(ctx, row),
  payload: row.payload ?? messagePayload(ctx, row),
  ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
  ...(row.user_id === null ? {} : { userId: row.user_id }),
  ...(row.message_id === null ? {} : { messageId: row.message_id }),
  status: row.status,
  failureReason: row.failure_reason,
})

/** The bot knows an integration's event as `<alias>:<type>`; the integration itself, and everybody a built-in one, bare. */
const nameOf = (ctx: BotContext, { type, installation_id: owner }: EventRow): string => {
  if (owner === null || ctx.installation || type === MESSAGE_CREATED) return type
  return `${ctx.bot.installations.find(({ id }) => id === owner)?.alias ?? ''}:${type}`
}

const messagePayload = (ctx: BotContext, { message, author, conversation }: EventRow): Record<string, unknown> => ({
  ...(message ? { message: toMessage(ctx, withIsoTimes(message)) } : {}),
  ...(author ? { user: toUser(ctx, withIsoTimes(author)) } : {}),
  ...(conversation ? { conversation: toConversation(ctx, withIsoTimes(conversation)) } : {}),
})
