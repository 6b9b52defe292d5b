import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { OPEN } from '../http/unmet.ts'

const FILES = fileURLToPath(new URL('../../public/emulator', import.meta.url))

/** In a frame of any other page: that is what a webchat is for. Nothing but its own files; pictures, sound and films may be anywhere, as bots send addresses of such. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src http: https: data:',
  'media-src http: https: data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The page to talk to a bot in a browser. It is the same for every bot, and says nothing of which there are. */
export const emulatorPage: FastifyPluginAsync = async (app) => {
  // The routes of the plugin say nothing about access themselves.
  app.addHook('onRoute', (route) => {
    route.config = { ...OPEN, ...route.config }
  })
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('content-security-policy', CONTENT_SECURITY_POLICY)
  })
  await app.register(fastifyStatic, {
    root: FILES,
    prefix: '/_understudy/emulator/assets/',
    wildcard: false,
    index: false,
  })
  app.get<{ Params: { botId: string } }>('/_understudy/emulator/:botId', ({ url, params }, reply) =>
    // Its files are named relative to it, so that the server may live below a path of a proxy.
    /\/(\?|$)/.test(url) ? reply.redirect(`../${encodeURIComponent(params.botId)}`) : reply.sendFile('emulator.html'),
  )
}
