import { oauth2Operations } from '@understudy/contract'
import { issueAccessToken, type PlatformContext } from '@understudy/core'
import type { FastifyPluginAsync } from 'fastify'
import { implement } from '../http/implement.ts'
import { credentialsOf } from './client-credentials.ts'
import { acceptForms } from './form.ts'
import { neverStore } from './never-store.ts'
import { renderOAuth2Error } from './oauth2-error.ts'

/** RFC 6749 has its own idea of bodies and of errors; both hold for this route alone. */
export const oauth2Routes =
  (platform: PlatformContext): FastifyPluginAsync =>
  async (app) => {
    acceptForms(app)
    app.setErrorHandler(renderOAuth2Error(platform))
    neverStore(app)
    await app.register(
      implement(oauth2Operations, {
        createAccessToken: async ({ headers, body }, ctx) => {
          const { token, lifetimeMs } = await issueAccessToken(ctx, credentialsOf(headers.authorization, body))
          return { access_token: token, token_type: 'Bearer' as const, expires_in: lifetimeMs / 1000 }
        },
      }),
    )
  }
