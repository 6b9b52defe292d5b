import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

const Spread = z.object({ mean: z.number(), sd: z.number(), min: z.number(), max: z.number() })

/** What happened in a bot over a stretch of whole days, in UTC. */
export const AnalyticsRecord = z
  .object({
    startDateTimeUtc: Timestamp,
    endDateTimeUtc: Timestamp,
    returningUsers: z.int().describe('Users who said something and were there before the stretch began.'),
    newUsers: z.int(),
    sessions: z.int().describe('Conversations in which a user said something, each once for every such day.'),
    messages: z.int().describe('Deprecated: the same as `userMessages`.'),
    userMessages: z.int(),
    botMessages: z.int(),
    events: z.int(),
    eventTypes: z.record(z.string(), z.number()),
    customEvents: z.record(z.string(), z.number()),
    llm: z
      .object({
        calls: z.int(),
        errors: z.int(),
        inputTokens: z.int(),
        outputTokens: z.int(),
        latency: Spread,
        tokensPerSecond: Spread,
        cost: Spread.extend({ sum: z.number() }),
      })
      .describe('Zero: no language model is called by this server.'),
  })
  .meta({ id: 'AnalyticsRecord' })
export type AnalyticsRecord = z.infer<typeof AnalyticsRecord>
