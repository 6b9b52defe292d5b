import { refusalOf } from '@understudy/auth'
import type { WorkspaceContext } from '../context.ts'

/** Signing secrets are for those who may change what they belong to, and for the bot itself; others see none. */
export const maySeeSecrets = ({ caller, workspaceId }: WorkspaceContext): boolean =>
  caller.kind !== 'account' ||
  refusalOf({ callers: ['account:developer'] }, caller, caller.roles[workspaceId]) === undefined
