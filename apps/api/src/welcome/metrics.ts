import { METRICS_TYPE, type PlatformContext } from '@understudy/core'
import type { FastifyPluginAsync } from 'fastify'
import { OPEN } from '../http/unmet.ts'

/** `/metrics`, for Prometheus, which brings no token. */
export const metrics =
  ({ metrics: counted }: PlatformContext): FastifyPluginAsync =>
  async (app) => {
    app.get('/metrics', { config: OPEN }, async (_request, reply) =>
      reply.type(METRICS_TYPE).send(await counted.text()),
    )
  }
