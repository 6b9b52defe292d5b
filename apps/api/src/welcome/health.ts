import type { PlatformContext } from '@understudy/core'
import { watchReadiness } from '@understudy/core'
import type { FastifyPluginAsync } from 'fastify'
import { OPEN } from '../http/unmet.ts'

/** `/healthz`: the process answers. `/readyz`: it should be given work, and what each thing it needs says to that. */
export const health =
  (platform: PlatformContext): FastifyPluginAsync =>
  async (app) => {
    const readiness = watchReadiness(platform)
    app.addHook('preClose', async () => readiness.drain())
    app.get('/healthz', { config: OPEN }, async () => ({ status: 'ok' }))
    app.get('/readyz', { config: OPEN }, async (_request, reply) => {
      const report = await readiness.report()
      if (report.status !== 'ready') void reply.code(503).header('retry-after', '1')
      return report
    })
  }
