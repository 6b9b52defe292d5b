import { type AuditRecord, auditRecordsOperations, type PageQuery } from '@understudy/contract'
import { enterWorkspace } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { type AuditRecordRow, auditRecordRepository } from './audit-record.repository.ts'

/**
 * Who did what in a workspace, newest first.
 * @throws ResourceNotFound for a workspace the caller is no member of; Forbidden below manager; InvalidQuery for a token of another list
 */
export const getAuditRecords = async (
  ctx: CallerContext,
  workspaceId: string,
  page: PageQuery,
): Promise<{ records: AuditRecord[]; meta: { nextToken?: string } }> => {
  const within = enterWorkspace(ctx, workspaceId, auditRecordsOperations.getAuditRecords.access)
  const { rows, meta } = await auditRecordRepository.page(within, page)
  return { records: rows.map(toAuditRecord), meta }
}

const toAuditRecord = (row: AuditRecordRow): AuditRecord => ({
  id: row.id,
  recordedAt: row.recorded_at,
  userId: row.user_id,
  userEmail: row.user_email,
  action: row.action,
  resourceId: row.resource_id,
  resourceName: row.resource_name,
  value: row.value,
})
