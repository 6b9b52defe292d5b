import type { Principal } from '@understudy/auth'
import {
  type CallerContext,
  findBotProfile,
  findPrincipal,
  fresh,
  invalidQuery,
  type PlatformContext,
  unauthorized,
} from '@understudy/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { header } from './header.ts'
import { resolveContext } from './resolve-context.ts'

declare module 'fastify' {
  interface FastifyRequest {
    ctx: PlatformContext | CallerContext
  }
}

/** The age nothing we remember about callers and bots may pass: revocation holds within a second everywhere. */
const MAX_AGE_MS = 500

/** Every change of what we remember is announced here, by triggers. */
const CHANNEL = 'understudy_changed'

/** Gives every request its context before its body is read, from the operation's access, or refuses it. */
export const authenticate = async (app: FastifyInstance, platform: PlatformContext): Promise<void> => {
  const principals = fresh((token: string) => findPrincipal(platform, token), MAX_AGE_MS)
  const bots = fresh((botId: string) => findBotProfile(platform, botId), MAX_AGE_MS)
  const forget = (): void => {
    principals.clear()
    bots.clear()
  }
  await platform.db.listen(CHANNEL, forget, forget)

  app.addHook('onRequest', async (request) => {
    const { operation } = request.routeOptions.config
    request.ctx = platform
    // No name, id or filter can hold a NUL: refused before it gets anywhere.
    if (request.url.includes('%00')) throw invalidQuery('url', 'holds a NUL character')
    if (!operation || 'public' in operation.access) return
    const caller = await callerOf(request, principals.get)
    request.ctx = await resolveContext(operation, {
      platform,
      caller,
      headers: {
        botId: header(request, 'x-bot-id'),
        integrationId: header(request, 'x-integration-id'),
        integrationAlias: header(request, 'x-integration-alias'),
        workspaceId: header(request, 'x-workspace-id'),
      },
      botProfile: bots.get,
    })
  })

  // Who has just declared a tag may use it in the next request: this process does not wait for the announcement.
  // What was refused changed nothing: otherwise anybody could keep the memory empty.
  app.addHook('onSend', async (request, reply, payload) => {
    const tenant = request.routeOptions.config.operation?.tenant
    const mayHaveChanged = request.method !== 'GET' && reply.statusCode < 400
    if (mayHaveChanged && (tenant === 'workspace' || tenant === 'account')) forget()
    return payload
  })
}

const callerOf = async (
  request: FastifyRequest,
  find: (token: string) => Promise<Principal | undefined>,
): Promise<Principal> => {
  const [scheme, token] = (request.headers.authorization ?? '').split(/ +/)
  if (scheme?.toLowerCase() !== 'bearer' || !token)
    throw unauthorized('The header "Authorization: Bearer <token>" is missing.')
  const caller = await find(token)
  if (!caller) throw unauthorized('This token is not known, or not any more.')
  return caller
}
