import { auditRecordsOperations } from '@understudy/contract'
import { getAuditRecords } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const auditRecordsRoutes = implement(auditRecordsOperations, {
  getAuditRecords: ({ params, query }, ctx) => getAuditRecords(ctx, params.id, query),
})
