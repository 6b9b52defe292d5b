import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

/** Everything a record may say. Nobody is billed here, so nothing of money but the spending limit is ever recorded. */
export const AuditAction = z.enum([
  'UNKNOWN',
  'ADD_WORKSPACE_MEMBER',
  'REMOVE_WORKSPACE_MEMBER',
  'UPDATE_WORKSPACE_MEMBER',
  'CLOSE_WORKSPACE',
  'CREATE_BOT',
  'CREATE_WORKSPACE',
  'DELETE_BOT',
  'DEPLOY_BOT',
  'TRANSFER_BOT',
  'DOWNLOAD_BOT_ARCHIVE',
  'UPDATE_BOT',
  'UPDATE_BOT_CHANNEL',
  'UPDATE_BOT_CONFIG',
  'UPDATE_PAYMENT_METHOD',
  'UPDATE_WORKSPACE',
  'SET_SPENDING_LIMIT',
  'SET_AI_SPENDING_LIMIT',
  'UPDATE_WORKSPACE_BILLING_READONLY',
  'UPDATE_WORKSPACE_PLAN_READONLY',
  'UPDATE_WORKSPACE_ADDONS_READONLY',
  'EXECUTE_AUTO_RECHARGE_SUCCESS',
  'EXECUTE_AUTO_RECHARGE_FAILED',
])
export type AuditAction = z.infer<typeof AuditAction>

export const AuditRecord = z.object({
  id: z.string(),
  recordedAt: Timestamp,
  userId: z.string().nullable().describe('Who did it.'),
  userEmail: z.string().nullable().optional(),
  action: AuditAction,
  resourceId: z.string().nullable().describe('What it was done to.'),
  resourceName: z.string().nullable().optional(),
  value: z
    .string()
    .nullable()
    .optional()
    .describe('What it was set to: a role, a limit, the names of what changed, or where a bot went to or came from.'),
})
export type AuditRecord = z.infer<typeof AuditRecord>
