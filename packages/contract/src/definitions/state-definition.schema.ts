import { z } from 'zod'
import { JsonObject } from './json-object.ts'

export const BotStateDefinition = z.object({
  type: z.enum(['conversation', 'user', 'bot', 'task']).describe('`task` is deprecated; clients 0.11 to 1.28 know it.'),
  schema: JsonObject,
  expiry: z.number().min(1).optional().describe('Milliseconds without use until the state expires.'),
})
export type BotStateDefinition = z.infer<typeof BotStateDefinition>

export const IntegrationStateDefinition = z.object({
  type: z.enum(['conversation', 'user', 'integration']),
  schema: JsonObject,
})
export type IntegrationStateDefinition = z.infer<typeof IntegrationStateDefinition>
