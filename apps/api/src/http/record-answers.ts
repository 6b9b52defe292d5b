import type { PlatformContext } from '@understudy/core'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderError } from './render-error.ts'
import { REQUEST_ID } from './request-id.ts'

/** Counts every answer, and writes a line of the log about it. */
export const recordAnswers = (app: FastifyInstance, platform: PlatformContext): void => {
  app.addHook('onResponse', (request, reply, done) => {
    record(platform, request, reply)
    done()
  })
}

/** Answers what leads to no route, because its URL is none: no hook sees that. */
export const refuseBadUrls = (platform: PlatformContext) => {
  const render = renderError(platform)
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    void reply.header(REQUEST_ID, request.id)
    render(error, request, reply)
    record(platform, request, reply)
  }
}

const record = ({ metrics }: PlatformContext, request: FastifyRequest, reply: FastifyReply): void => {
  const { statusCode: status, elapsedTime } = reply
  const { config, url } = request.routeOptions
  const operationId = config?.operationId
  // The pattern of a route, never the URL that was asked for: of these there is no end.
  metrics.answered(operationId ?? url ?? 'none', status, elapsedTime / 1000)
  const ms = Math.round(elapsedTime)
  request.log.info({ operationId: operationId ?? 'none', ...whereOf(request), status, ms }, 'answered')
}

/** In which bot, or else in which workspace, somebody was known to ask. */
const whereOf = (request: FastifyRequest): { botId?: string; workspaceId?: string } => {
  // Refused at once, a request has none.
  const ctx = request.ctx as { bot?: { id: string; workspaceId: string }; workspaceId?: string } | undefined
  if (ctx?.bot) return { botId: ctx.bot.id, workspaceId: ctx.bot.workspaceId }
  return ctx?.workspaceId === undefined ? {} : { workspaceId: ctx.workspaceId }
}
