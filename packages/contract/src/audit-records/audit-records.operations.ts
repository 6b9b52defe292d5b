import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { AuditRecord } from './audit-record.schema.ts'

export const auditRecordsOperations = defineOperations({
  getAuditRecords: {
    method: 'GET',
    path: '/v1/admin/workspaces/:id/audit-records',
    summary: 'List who did what in a workspace, newest first',
    tenant: 'account',
    access: { callers: ['account:manager'] },
    params: PathId,
    query: PageQuery,
    status: 200,
    response: z.object({ records: z.array(AuditRecord), meta: PageMeta }),
  },
})
