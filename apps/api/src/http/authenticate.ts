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
  interface FastifyInstance {
    /** who is asking may do so now: asked again by what goes on for longer than anything remembered is true */
    admit: (request: FastifyRequest) => Promise<PlatformContext | CallerContext>
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

  app.decorate('admit', async (request) => {
    const { operation } = request.routeOptions.config
    if (!operation || 'public' in operation.access) return platform
    const caller = await callerOf(request, principals.get)
    return resolveContext(operation, {
      platform,
      caller,
      headers: {
        botId: botInPath(request) ?? header(request, 'x-bot-id'),
        integrationId: header(request, 'x-integration-id'),
        integrationAlias: header(request, 'x-integration-alias'),
        workspaceId: header(request, 'x-workspace-id'),
      },
      botProfile: bots.get,
    })
  })
  app.addHook('onRequest', async (request) => {
    request.ctx = platform
    // No name, id or filter can hold a NUL: refused before it gets anywhere.
    if (request.url.includes('%00')) throw invalidQuery('url', 'holds a NUL character')
    request.ctx = await app.admit(request)
  })

  // Who has just declared a tag may use it in the next request: this process does not wait for the announcement.
  // What was refused changed nothing: otherwise anybody could keep the memory empty.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const tenant = request.routeOptions.config.operation?.tenant
    const mayHaveChanged = request.method !== 'GET' && request.method !== 'HEAD' && reply.statusCode < 400
    if (mayHaveChanged && (tenant === 'workspace' || tenant === 'account')) forget()
    done()
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

/** The bot an address is about; the header is for addresses that name none. */
const botInPath = ({ params }: FastifyRequest): string | undefined => (params as { botId?: string }).botId
