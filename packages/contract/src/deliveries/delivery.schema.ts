import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

/**
 * `scheduled` until its time; `queued` until somebody takes it; `running`; `retrying` until its next attempt; then
 * `delivered`, `failed`, `ignored` (nobody had to be called) or `canceled`.
 */
export const DeliveryStatus = z.enum([
  'scheduled',
  'queued',
  'running',
  'retrying',
  'delivered',
  'failed',
  'ignored',
  'canceled',
])
export type DeliveryStatus = z.infer<typeof DeliveryStatus>

/** What this server owes, or owed, to a bot or an integration. Its id is that of the event, or of the message. */
export const Delivery = z
  .object({
    id: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    target: z.enum(['bot', 'integration']),
    type: z.string().describe('The type of the event, or of the message.'),
    integrationAlias: z.string().optional(),
    conversationId: z.string().optional(),
    status: DeliveryStatus,
    dueAt: Timestamp,
    attempts: z
      .number()
      .describe('How often it was begun, including attempts that ended with a process of this server.'),
    failures: z.number(),
    failureReason: z.string().nullable(),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof Delivery>

const Side = z.object({ headers: z.record(z.string(), z.string()), body: z.string() })

/** One call: what went out and what came back, without secrets, cut at 16 KB each. */
export const DeliveryAttempt = z.object({
  number: z.number(),
  startedAt: Timestamp,
  durationMs: z.number(),
  outcome: z.enum(['delivered', 'failed', 'aborted']),
  reason: z.string().nullable(),
  request: Side.extend({ url: z.string() }),
  response: Side.extend({ status: z.number() }).nullable(),
})
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>
