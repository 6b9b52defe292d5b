import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'
import { JsonObject } from '../definitions/index.ts'

/** What a state can belong to. `task` is deprecated: clients 0.11 to 1.28 know it beside `workflow`. */
export const StateType = z.enum(['conversation', 'user', 'bot', 'integration', 'workflow', 'task'])

/** What a bot or an integration remembers about something. */
export const State = z
  .object({
    id: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    botId: z.string(),
    conversationId: z.string().optional(),
    userId: z.string().optional(),
    name: z.string(),
    type: StateType,
    payload: JsonObject,
    expiry: z.number().optional().describe('Idle time in milliseconds after which it is forgotten.'),
    expiresAt: Timestamp.optional(),
  })
  .meta({ id: 'State' })
export type State = z.infer<typeof State>
