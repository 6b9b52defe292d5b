import type { PlatformContext } from '@understudy/core'
import type { FastifyPluginAsync } from 'fastify'
import { OPEN } from '../http/unmet.ts'

/** `/healthz`: the process answers. `/readyz`: it can serve, database included. */
export const health =
  (platform: PlatformContext): FastifyPluginAsync =>
  async (app) => {
    app.get('/healthz', { config: OPEN }, async () => ({ status: 'ok' }))
    app.get('/readyz', { config: OPEN }, async () => {
      await platform.db.rows({ name: 'health.ready', text: 'select 1' }, [])
      return { status: 'ready' }
    })
  }
