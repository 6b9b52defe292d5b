import type { BotLogsQuery, Log } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { fromToken, toToken } from '../pages/index.ts'
import { type LogRow, logRepository } from './log.repository.ts'
import { oldestKept } from './sweep-logs.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const PAGE = 100

/** A filter that hardly ever matches must not read through a month in one request: the page ends, and the next one goes on. */
const LOOKED_AT_MAX = 10_000

export type LogsPage = { logs: Log[]; nextToken?: string }

/**
 * A page of a log, newest first. It may hold fewer lines than there is room for, even none, and have a next one.
 * @throws InvalidQuery for a token of another log or another filter
 */
export const readLogs = async (
  ctx: PlatformContext,
  whose: { kind: 'bot' | 'integration'; id: string },
  { nextToken, ...query }: BotLogsQuery,
): Promise<LogsPage> => {
  const frozen = ['logs', whose, query]
  const after = nextToken ? fromToken(ctx, nextToken, frozen) : undefined
  const { timeStart, timeEnd, level, conversationId, userId, workflowId, messageContains } = query
  const isFiltered = [level, conversationId, userId, workflowId, messageContains].some((one) => one !== undefined)
  const now = ctx.clock.now().getTime()
  const since = new Date(Math.max(timeStart?.getTime() ?? now - DAY_MS, oldestKept(ctx).getTime()))
  const filter = {
    since,
    until: timeEnd ?? null,
    level: level?.toLowerCase() ?? null,
    conversationId: conversationId ?? null,
    userId: userId ?? null,
    workflowId: workflowId ?? null,
    contains: messageContains ?? null,
  }
  const looked = isFiltered ? LOOKED_AT_MAX : PAGE + 1
  const { lines, looked_at, last } = await logRepository.look(ctx, whose, filter, after, { looked, found: PAGE + 1 })
  const logs = lines.slice(0, PAGE).map(toLog)
  const end = lines[PAGE - 1]
  if (lines.length > PAGE && end)
    return { logs, nextToken: toToken(ctx, { value: end.created_at, seq: String(end.seq) }, frozen) }
  // There may be more beyond what was looked at.
  return { logs, ...(looked_at === looked && last ? { nextToken: toToken(ctx, last, frozen) } : {}) }
}

const toLog = ({ created_at, level, message, conversation_id, user_id, workflow_id }: LogRow): Log => ({
  timestamp: new Date(created_at).toISOString(),
  level: level as Log['level'],
  message,
  ...(workflow_id === null ? {} : { workflowId: workflow_id }),
  ...(user_id === null ? {} : { userId: user_id }),
  ...(conversation_id === null ? {} : { conversationId: conversation_id }),
})
