import { z } from 'zod'
import { defineOperations } from '../operation.ts'

export const introspectOperations = defineOperations({
  introspect: {
    method: 'POST',
    path: '/v1/admin/introspect',
    summary: 'Tell who a token stands for towards one bot',
    tenant: 'account',
    access: { callers: ['account', 'bot', 'integration'] },
    body: z.object({ botId: z.string() }),
    status: 200,
    response: z.object({ workspaceId: z.string(), botId: z.string(), userId: z.string() }),
  },
})
