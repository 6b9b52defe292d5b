import type { State } from '@understudy/contract'
import type { BotContext } from '../context.ts'

export type StateRow = {
  id: string
  type: State['type']
  owner_id: string
  name: string
  payload: Record<string, unknown>
  expiry_ms: string | null
  expires_at: string | null
  created_at: string
  updated_at: string
}

export const toState = (ctx: BotContext, row: StateRow): State => ({
  id: row.id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  botId: ctx.bot.id,
  name: row.name,
  type: row.type,
  payload: row.payload,
  ...(row.type === 'conversation' ? { conversationId: row.owner_id } : {}),
  ...(row.type === 'user' ? { userId: row.owner_id } : {}),
  ...(row.expiry_ms === null ? {} : { expiry: Number(row.expiry_ms) }),
  ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
})
