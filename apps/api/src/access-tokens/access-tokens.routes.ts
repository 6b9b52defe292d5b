import { accessTokensOperations } from '@understudy/contract'
import { issueAccessToken } from '@understudy/core'
import type { FastifyPluginAsync } from 'fastify'
import { implement } from '../http/implement.ts'
import { neverStore } from './never-store.ts'

export const accessTokensRoutes: FastifyPluginAsync = async (app) => {
  neverStore(app)
  await app.register(
    implement(accessTokensOperations, {
      authenticate: async ({ body }, ctx) => {
        const { token, expiresAt } = await issueAccessToken(ctx, body)
        return { token, expiresIn: expiresAt.getTime() }
      },
    }),
  )
}
