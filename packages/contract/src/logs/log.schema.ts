import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error'])
export type LogLevel = z.infer<typeof LogLevel>

/** One line of what a bot or an integration said, or of what this server has to say about it. */
export const Log = z.object({
  timestamp: Timestamp,
  level: LogLevel,
  message: z.string(),
  workflowId: z.string().optional(),
  userId: z.string().optional(),
  conversationId: z.string().optional(),
})
export type Log = z.infer<typeof Log>
