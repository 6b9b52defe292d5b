import { type BotContext, rateLimited } from '@understudy/core'
import type { LimitName, RateLimits, Taken } from '@understudy/rate-limits'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    isWebhook?: boolean
  }
}

export const RATE_HEADERS = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']

/** What end users say, where an integration passes it on. */
const PASSED_ON = new Set(['createMessage', 'getOrCreateMessage', 'initializeIncomingMessage', 'createEvent'])

/** Refuses what is too much, before its body is read, and tells everybody what is left. Comes after who is asking is known. */
export const limitRates = (app: FastifyInstance, rates: RateLimits): void => {
  app.addHook('onRequest', async (request, reply) => {
    const taken = await Promise.all(countedAs(request).map(([limit, key]) => rates.take(limit, key)))
    const [tightest] = taken.toSorted((a, b) => Number(b.isOver) - Number(a.isOver) || a.remaining - b.remaining)
    if (tightest) tell(reply, tightest)
  })
}

/** @throws RateLimited */
const tell = (reply: FastifyReply, { limit, max, remaining, resetMs, isOver }: Taken): void => {
  // Clients sleep for so many seconds: no moment in time, and never none.
  const seconds = Math.max(1, Math.ceil(resetMs / 1000))
  void reply.headers({ 'ratelimit-limit': max, 'ratelimit-remaining': remaining, 'ratelimit-reset': seconds })
  if (!isOver) return
  void reply.header('retry-after', seconds)
  throw rateLimited(limit, max, seconds)
}

/** Which limits a request counts for, and for whom. Who has said nothing of themselves counts for none. */
const countedAs = (request: FastifyRequest): [LimitName, string][] => {
  const { operationId = '', isWebhook } = request.routeOptions.config
  if (isWebhook) return [['webhooks', nameOf(request)]]
  const { caller, bot, installation, workspaceId } = request.ctx as Partial<BotContext> & { workspaceId?: string }
  if (!caller) return []
  const payer = bot?.workspaceId ?? workspaceId ?? (caller.kind === 'account' ? caller.accountId : caller.workspaceId)
  const isSaid = operationId === 'createEmulatorMessage' || (installation && PASSED_ON.has(operationId))
  return [['requests', payer], ...(isSaid && bot ? [['messages', bot.id] as [LimitName, string]] : [])]
}

/** All that comes back from authorizations has one name. */
const nameOf = ({ params }: FastifyRequest): string => {
  const { webhookId, '*': rest } = params as { webhookId?: string; '*'?: string }
  return webhookId ?? rest ?? ''
}
