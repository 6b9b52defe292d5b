import { z } from 'zod'
import { defineOperations } from '../operation.ts'

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
})
