import { z } from 'zod'
import { Tags, TextMap } from '../common/tags.ts'
import { Timestamp } from '../common/timestamps.ts'

/** An exchange of messages on one channel of one integration. */
export const Conversation = z
  .object({
    id: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    channel: z.string(),
    integration: z.string(),
    tags: Tags,
    messageCount: z.number(),
    properties: TextMap.optional(),
    currentTaskId: z.string().optional().describe('Deprecated: nothing uses it.'),
    currentWorkflowId: z.string().optional(),
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof Conversation>
