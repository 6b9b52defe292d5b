import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { namedTags } from '../tags/index.ts'

export type ConversationRow = {
  id: string
  seq: string
  installation_id: string
  channel: string
  integration_tags: Record<string, string>
  bot_tags: Record<string, string>
  properties: Record<string, string>
  current_task_id: string | null
  current_workflow_id: string | null
  message_count: number
  created_at: string
  updated_at: string
}

export const toConversation = (ctx: BotContext, row: ConversationRow): Conversation => ({
  id: row.id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  channel: row.channel,
  integration: ctx.bot.installations.find(({ id }) => id === row.installation_id)?.integrationName ?? '',
  tags: namedTags(ctx, row.installation_id, row.integration_tags, row.bot_tags),
  properties: row.properties,
  messageCount: row.message_count,
  ...(row.current_task_id === null ? {} : { currentTaskId: row.current_task_id }),
  ...(row.current_workflow_id === null ? {} : { currentWorkflowId: row.current_workflow_id }),
})
