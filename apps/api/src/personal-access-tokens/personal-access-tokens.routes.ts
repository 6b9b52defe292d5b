import { personalAccessTokensOperations } from '@understudy/contract'
import { createPersonalAccessToken, deletePersonalAccessToken, listPersonalAccessTokens } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const personalAccessTokensRoutes = implement(personalAccessTokensOperations, {
  listPersonalAccessTokens: async (_input, ctx) => ({ pats: await listPersonalAccessTokens(ctx) }),
  createPersonalAccessToken: async ({ body }, ctx) => ({ pat: await createPersonalAccessToken(ctx, body) }),
  deletePersonalAccessToken: async ({ params }, ctx) => {
    await deletePersonalAccessToken(ctx, params.id)
    return {}
  },
})
