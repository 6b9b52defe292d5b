import type { AnalyticsRecord } from '@understudy/contract'
import { reachBot } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { invalidQuery } from '../errors.ts'
import { botActivityRepository } from './bot-activity.repository.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const NO_SPREAD = { mean: 0, sd: 0, min: 0, max: 0 }

/** No language model is called by this server. */
const NO_LLM = {
  calls: 0,
  errors: 0,
  inputTokens: 0,
  outputTokens: 0,
  latency: NO_SPREAD,
  tokensPerSecond: NO_SPREAD,
  cost: { ...NO_SPREAD, sum: 0 },
}

/**
 * What happened in a bot from the day of one moment to the day of another, both whole and in UTC, as one record. What was
 * deleted since still counts; a message of the past counts on its own day.
 * @throws ResourceNotFound; InvalidQuery for an end before the start
 */
export const getBotAnalytics = async (
  ctx: WorkspaceContext,
  id: string,
  { startDate, endDate }: { startDate: Date; endDate: Date },
): Promise<AnalyticsRecord> => {
  const since = dayOf(startDate)
  const until = new Date(dayOf(endDate).getTime() + DAY_MS)
  if (until <= since) throw invalidQuery('endDate', 'is before startDate')
  await reachBot(ctx, id)
  const { incoming, outgoing, events, custom, ...rest } = await botActivityRepository.count(ctx, id, { since, until })
  return {
    startDateTimeUtc: since.toISOString(),
    endDateTimeUtc: new Date(until.getTime() - 1).toISOString(),
    ...rest,
    messages: incoming,
    userMessages: incoming,
    botMessages: outgoing,
    events: Object.values(events).reduce((sum, count) => sum + count, 0),
    eventTypes: events,
    customEvents: custom,
    llm: NO_LLM,
  }
}

const dayOf = (moment: Date): Date => new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS)
