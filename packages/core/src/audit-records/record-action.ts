import type { AuditAction } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { newId } from '../ids.ts'
import { auditRecordRepository, type Writing } from './audit-record.repository.ts'

/** What was done, and to what. */
export type Action = {
  action: AuditAction
  resource: { id: string; name: string }
  /** what it was set to, where that says more than the action alone */
  value?: string | undefined
}

/** Notes what the caller does in a workspace, in the transaction that does it: both happen, or neither. */
export const recordAction = (
  ctx: WorkspaceContext,
  writing: Writing,
  { action, resource, value }: Action,
): Promise<void> =>
  auditRecordRepository.create(ctx, writing, {
    id: newId('audit'),
    recordedAt: ctx.clock.now(),
    userId: ctx.caller.kind === 'account' ? ctx.caller.accountId : null,
    action,
    resourceId: resource.id,
    resourceName: resource.name,
    value: value ?? null,
  })

/** The names of what a request changes, as records tell them. */
export const namesOf = (changes: object): string => Object.keys(changes).toSorted().join(', ')
