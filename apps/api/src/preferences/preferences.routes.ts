import { preferencesOperations } from '@understudy/contract'
import {
  getAccountPreference,
  getWorkspacePreference,
  setAccountPreference,
  setWorkspacePreference,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const preferencesRoutes = implement(preferencesOperations, {
  getAccountPreference: ({ params }, ctx) => getAccountPreference(ctx, params.key),
  setAccountPreference: async ({ params, body }, ctx) => {
    await setAccountPreference(ctx, params.key, body)
    return {}
  },
  getWorkspacePreference: ({ params }, ctx) => getWorkspacePreference(ctx, params.key),
  setWorkspacePreference: async ({ params, body }, ctx) => {
    await setWorkspacePreference(ctx, params.key, body)
    return {}
  },
})
