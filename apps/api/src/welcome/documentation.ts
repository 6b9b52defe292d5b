import swagger, { type StaticDocumentSpec } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { contract, openApi } from '@understudy/contract'
import type { PlatformContext } from '@understudy/core'
import type { FastifyPluginAsync } from 'fastify'
import { protectPages } from '../http/protect-answers.ts'
import { OPEN } from '../http/unmet.ts'
import { VERSION } from './version.ts'

/** `/openapi.json` and, to look at it, `/docs`. */
export const documentation =
  ({ publicUrl }: PlatformContext): FastifyPluginAsync =>
  async (app) => {
    const document = openApi(contract, { title: 'Understudy', version: VERSION, serverUrl: publicUrl })
    app.get('/openapi.json', { config: OPEN }, async () => document)
    // The page tries operations out, at the address clients are told.
    await protectPages(app, {
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'", new URL(publicUrl).origin],
    })
    // The routes of the plugins say nothing about access themselves.
    app.addHook('onRoute', (route) => {
      route.config = { ...OPEN, ...route.config }
    })
    await app.register(swagger, {
      mode: 'static',
      specification: { document: document as unknown as StaticDocumentSpec['document'] },
    })
    await app.register(swaggerUi, { routePrefix: '/docs' })
  }
