import { z } from 'zod'
import { defineOperations } from '../operation.ts'

const KEY_MAX = 200
const PathKey = z.object({ key: z.string().min(1).max(KEY_MAX) })

/** Any JSON at all; absent: nothing is remembered. */
const Preference = z.object({ value: z.unknown().optional() })

export const preferencesOperations = defineOperations({
  getAccountPreference: {
    method: 'GET',
    path: '/v1/admin/account/preferences/:key',
    summary: 'Read what is remembered for the caller under a name',
    tenant: 'account',
    access: { callers: ['account'] },
    params: PathKey,
    status: 200,
    response: Preference,
  },
  setAccountPreference: {
    method: 'POST',
    path: '/v1/admin/account/preferences/:key',
    summary: 'Remember something for the caller, or forget it',
    tenant: 'account',
    access: { callers: ['account'] },
    params: PathKey,
    body: Preference,
    status: 200,
    response: z.object({}),
  },
  getWorkspacePreference: {
    method: 'GET',
    path: '/v1/admin/workspaces/preferences/:key',
    summary: 'Read what is remembered for a workspace under a name',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathKey,
    status: 200,
    response: Preference,
  },
  setWorkspacePreference: {
    method: 'POST',
    path: '/v1/admin/workspaces/preferences/:key',
    summary: 'Remember something for a workspace, or forget it',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathKey,
    body: Preference,
    status: 200,
    response: z.object({}),
  },
})
