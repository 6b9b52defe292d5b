import type { PlatformContext } from '@understudy/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Counts every answer, and writes a line of the log about it. */
export const recordAnswers = (app: FastifyInstance, { metrics }: PlatformContext): void => {
  app.addHook('onResponse', (request, { statusCode: status, elapsedTime: ms }, done) => {
    const { operationId } = request.routeOptions.config
    metrics.answered(operationId ?? request.routeOptions.url ?? 'none', status, ms / 1000)
    request.log.info(
      { operationId: operationId ?? 'none', ...whereOf(request), status, ms: Math.round(ms) },
      'answered',
    )
    done()
  })
}

/** In which bot, or else in which workspace, somebody was known to ask. */
const whereOf = ({ ctx }: FastifyRequest): { botId?: string; workspaceId?: string } => {
  if ('bot' in ctx) {
    const { id: botId, workspaceId } = ctx.bot as { id: string; workspaceId: string }
    return { botId, workspaceId }
  }
  return 'workspaceId' in ctx ? { workspaceId: ctx.workspaceId as string } : {}
}
