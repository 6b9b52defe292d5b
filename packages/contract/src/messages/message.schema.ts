import { z } from 'zod'
import { Tags } from '../common/tags.ts'
import { Timestamp } from '../common/timestamps.ts'
import { JsonObject } from '../definitions/index.ts'

const TYPE_MAX = 200

/** `text`, `image`, …: what a channel knows. */
export const MessageType = z.string().max(TYPE_MAX)

export const MessageOrigin = z.enum(['synthetic'])

/** What somebody said in a conversation: to the bot (`incoming`) or from it (`outgoing`). */
export const Message = z
  .object({
    id: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    type: z.string(),
    payload: JsonObject,
    direction: z.enum(['incoming', 'outgoing']),
    userId: z.string(),
    conversationId: z.string(),
    tags: Tags,
    origin: MessageOrigin.optional(),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>
