import { logsOperations } from '@understudy/contract'
import { getBotLogs, getIntegrationLogs } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const logsRoutes = implement(logsOperations, {
  getBotLogs: ({ params, query }, ctx) => getBotLogs(ctx, params.id, query),
  getIntegrationLogs: ({ params, query }, ctx) => getIntegrationLogs(ctx, params.id, query),
})
