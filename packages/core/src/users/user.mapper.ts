import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { namedTags } from '../tags/index.ts'

export type UserRow = {
  id: string
  seq: string
  installation_id: string | null
  name: string | null
  picture_url: string | null
  integration_tags: Record<string, string>
  bot_tags: Record<string, string>
  attributes: Record<string, string>
  properties: Record<string, string>
  created_at: string
  updated_at: string
}

export const toUser = (ctx: BotContext, row: UserRow): User => ({
  id: row.id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  tags: namedTags(ctx, row.installation_id, row.integration_tags, row.bot_tags),
  ...(row.name === null ? {} : { name: row.name }),
  ...(row.picture_url === null ? {} : { pictureUrl: row.picture_url }),
  attributes: row.attributes,
  properties: row.properties,
})
