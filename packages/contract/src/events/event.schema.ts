import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'
import { JsonObject } from '../definitions/index.ts'

export const EventStatus = z.enum(['pending', 'processed', 'ignored', 'failed', 'scheduled', 'canceled'])

/** Something that happened, or will at its time, for the bot to hear of. */
export const Event = z
  .object({
    id: z.string(),
    createdAt: Timestamp,
    type: z.string(),
    payload: JsonObject,
    conversationId: z.string().optional(),
    userId: z.string().optional(),
    messageId: z.string().optional(),
    status: EventStatus,
    failureReason: z.string().nullable(),
  })
  .meta({ id: 'Event' })
export type Event = z.infer<typeof Event>
