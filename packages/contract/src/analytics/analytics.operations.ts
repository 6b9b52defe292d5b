import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { DateBound } from '../common/timestamps.ts'
import { defineOperations } from '../operation.ts'
import { AnalyticsRecord } from './analytics-record.schema.ts'

const NAME_MAX = 200

export const analyticsOperations = defineOperations({
  trackAnalytics: {
    method: 'POST',
    path: '/v1/chat/analytics',
    summary: 'Count something under a name of one’s own',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: z.object({ name: z.string().min(1).max(NAME_MAX), count: z.int().min(1) }),
    status: 200,
    response: z.object({}),
  },
  getBotAnalytics: {
    method: 'GET',
    path: '/v1/admin/bots/:id/analytics',
    summary: 'What happened in a bot from one day to another, both whole and in UTC',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathId,
    query: z.object({ startDate: DateBound, endDate: DateBound }),
    status: 200,
    response: z.object({ records: z.array(AnalyticsRecord) }),
  },
})
