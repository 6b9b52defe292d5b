import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { DateBound } from '../common/timestamps.ts'
import { defineOperations } from '../operation.ts'
import { Log } from './log.schema.ts'

const MESSAGE_CONTAINS_MAX = 1_000

const LogsQuery = z.object({
  timeStart: DateBound.optional().describe('The last 24 hours unless told; required by newer clients.'),
  timeEnd: DateBound.optional(),
  level: z.string().optional().describe('Lines of exactly this level.'),
  userId: z.string().optional(),
  conversationId: z.string().optional(),
  messageContains: z.string().max(MESSAGE_CONTAINS_MAX).optional().describe('Without regard to upper and lower case.'),
  nextToken: z.string().optional(),
})
export type LogsQuery = z.output<typeof LogsQuery>

const BotLogsQuery = LogsQuery.extend({ workflowId: z.string().optional() })
export type BotLogsQuery = z.output<typeof BotLogsQuery>

/** Here `nextToken` is not in `meta`. A page may hold few lines, or none, and yet not be the last one. */
const LogsAnswer = z.object({ logs: z.array(Log), nextToken: z.string().optional() })

export const logsOperations = defineOperations({
  getBotLogs: {
    method: 'GET',
    path: '/v1/admin/bots/:id/logs',
    summary: 'Read the log of a bot, newest first; lines are kept for 30 days',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathId,
    query: BotLogsQuery,
    status: 200,
    response: LogsAnswer,
  },
  getIntegrationLogs: {
    method: 'GET',
    path: '/v1/admin/integrations/:id/logs',
    summary: 'Read the log of a version of an integration, in whatever bots it is; newest first',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathId,
    query: LogsQuery,
    status: 200,
    response: LogsAnswer,
  },
})
