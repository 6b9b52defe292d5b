import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { namedTags } from '../tags/index.ts'

export type MessageRow = {
  id: string
  seq: string
  conversation_id: string
  installation_id: string
  user_id: string
  type: string
  payload: Record<string, unknown>
  direction: 'incoming' | 'outgoing'
  origin: 'synthetic' | null
  integration_tags: Record<string, string>
  bot_tags: Record<string, string>
  created_at: string
  updated_at: string
}

export const toMessage = (ctx: BotContext, row: MessageRow): Message => ({
  id: row.id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  type: row.type,
  payload: row.payload,
  direction: row.direction,
  userId: row.user_id,
  conversationId: row.conversation_id,
  tags: namedTags(ctx, row.installation_id, row.integration_tags, row.bot_tags),
  ...(row.origin === null ? {} : { origin: row.origin }),
})
