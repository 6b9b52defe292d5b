import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import {
  ApiError,
  type PlatformContext,
  receiveAuthorization,
  receiveGlobalWebhook,
  receiveWebhook,
  type WebhookAnswer,
  type WebhookRequest,
} from '@understudy/core'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { errorBody } from '../http/render-error.ts'
import { OPEN } from '../http/unmet.ts'
import { interstitial, interstitialUrl } from './interstitial.ts'
import { sandboxed } from './sandbox.ts'

/** The largest body of a request, in bytes: an integration gets it as one string of JSON. */
const BODY_LIMIT_BYTES = 5 * 1024 * 1024

/** What a browser on a page of others may do is up to the integration. */
const OPTIONS = { config: { ...OPEN, cors: false as const, isWebhook: true }, bodyLimit: BODY_LIMIT_BYTES }

/**
 * What the outside world calls: everything goes to an integration as it came, and what that answers goes back.
 */
export const webhooksRoutes =
  (platform: PlatformContext): FastifyPluginAsync =>
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    const answer = (prefix: RegExp, receive: (request: WebhookRequest, name: string) => Promise<WebhookAnswer>) => {
      return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        try {
          const [, name = '', rest = ''] = prefix.exec(pathOf(request)) ?? []
          return send(request, reply, await receive(requestOf(request, rest), name))
        } catch (error) {
          if (!(error instanceof ApiError) || error.type !== 'Runtime') throw error
          // To whoever calls a webhook this is a gateway; what is behind it does not work.
          return reply.code(502).send(errorBody(platform, { type: 'Runtime', status: 502, message: error.message }))
        }
      }
    }

    const authorize = answer(/^\/webhook\/()(oauth.*)$/, async (request) => {
      const { answer: said, showsInterstitial } = await receiveAuthorization(platform, request)
      if (!showsInterstitial) return said
      const location = await interstitialUrl(platform, said)
      return { status: 302, headers: { location }, body: Readable.from([]) }
    })
    app.all('/webhook/oauth', OPTIONS, authorize)
    app.all('/webhook/oauth/*', OPTIONS, authorize)

    const hook = answer(/^\/webhook\/([^/]*)\/?(.*)$/, (request, id) => receiveWebhook(platform, id, request))
    app.all('/webhook/:webhookId', OPTIONS, hook)
    app.all('/webhook/:webhookId/*', OPTIONS, hook)

    app.all(
      '/integration/global/*',
      OPTIONS,
      answer(/^\/integration\/global\/(.+)$/, (request, name) =>
        receiveGlobalWebhook(platform, decodeURIComponent(name), request),
      ),
    )
    app.get('/app/oauth/interstitial', { config: OPEN }, interstitial)
  }

/** Still percent-encoded, as it was sent. */
const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? ''

const requestOf = ({ method, url, headers, body }: FastifyRequest, rest: string): WebhookRequest => {
  const mark = url.indexOf('?')
  return {
    method,
    path: `/${rest}`,
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: textsOf(headers),
    body: Buffer.isBuffer(body) && body.length > 0 ? body : undefined,
  }
}

const textsOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))

/** Passes an answer on while it comes; where it breaks off, so does the connection. */
const send = ({ method }: FastifyRequest, reply: FastifyReply, answer: WebhookAnswer): FastifyReply => {
  const { body } = answer
  void reply.code(answer.status).headers(sandboxed(answer))
  if (method === 'HEAD') {
    body.destroy()
    return reply.send(Readable.from([]))
  }
  // A stream of events begins long before its first one.
  reply.raw.once('pipe', () => reply.raw.flushHeaders())
  return reply.send(body)
}
