export { auditRecordRepository } from './audit-record.repository.ts'
export { getAuditRecords } from './get-audit-records.ts'
export { namesOf, recordAction } from './record-action.ts'
