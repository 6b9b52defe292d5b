import type { AuditAction, AuditRecord, PageQuery } from '@understudy/contract'
import type { Db, Statement, Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { fragment, readPage } from '../pages/index.ts'

/** Either way into a running transaction. */
export type Writing = Transaction | Db['rows']

export type AuditRecordRow = {
  id: string
  seq: string
  recorded_at: string
  user_id: string | null
  user_email: string | null
  action: AuditRecord['action']
  resource_id: string | null
  resource_name: string | null
  value: string | null
}

export type NewAuditRecord = {
  id: string
  recordedAt: Date
  userId: string | null
  action: AuditAction
  resourceId: string
  resourceName: string
  value: string | null
}

const CREATE: Statement = {
  name: 'audit-records.create',
  text: `
    insert into audit_records (id, workspace_id, recorded_at, user_id, user_email, action, resource_id, resource_name, value)
    values ($1, $2::uuid, $3::timestamptz, $4::uuid, (select email from accounts where id = $4::uuid), $5, $6, $7, $8)`,
}

const FORGET: Statement = {
  name: 'audit-records.forget',
  text: 'delete from audit_records where workspace_id = $1::uuid',
}

/** Rows of `audit_records`, nothing else. */
export const auditRecordRepository = {
  create: async ({ workspaceId }: WorkspaceContext, writing: Writing, record: NewAuditRecord): Promise<void> => {
    const { id, recordedAt, userId, action, resourceId, resourceName, value } = record
    const values = [id, workspaceId, recordedAt, userId, action, resourceId, resourceName, value]
    await (typeof writing === 'function' ? writing(CREATE, values) : writing.$executeRawUnsafe(CREATE.text, ...values))
  },
  /** All of a workspace. */
  forget: async ({ workspaceId }: WorkspaceContext, rows: Db['rows']): Promise<void> => {
    await rows(FORGET, [workspaceId])
  },
  page: (ctx: WorkspaceContext, page: PageQuery) =>
    readPage<AuditRecordRow>(ctx, page, {
      name: 'audit-records.list',
      from: fragment(
        `select a.id, a.seq, a.recorded_at, a.user_id, a.user_email, a.action, a.resource_id, a.resource_name, a.value
        from audit_records a`,
      ),
      where: [fragment('a.workspace_id = {}::uuid', ctx.workspaceId)],
      sortBy: 'a.recorded_at',
      seq: 'a.seq',
      direction: 'desc',
      positionOf: (row: AuditRecordRow) => ({ value: row.recorded_at, seq: row.seq }),
      frozen: ctx.workspaceId,
    }),
}
