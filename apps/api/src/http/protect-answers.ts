import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply } from 'fastify'

const POLICY = 'content-security-policy'

/** What is no page is shown by no browser as one, framed by none, and taken for nothing else. */
const HEADERS = {
  [POLICY]: "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/**
 * Headers against what browsers might do with an answer, for all but those of integrations, which come as they are. Helmet
 * makes them anew for each request, which costs as much as a tenth of the answer: it is for pages.
 */
export const protectAnswers = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.routeOptions.config.isWebhook) void reply.headers(HEADERS)
    done()
  })
}

/** For what may be shown in a page of anybody, since nothing in it runs. */
export const unprotect = (reply: FastifyReply): void => void reply.removeHeader(POLICY)

/** Helmet around the pages of a plugin: they are HTML, with these sources. */
export const protectPages = async (app: FastifyInstance, directives: Record<string, string[]>): Promise<void> => {
  app.addHook('onRequest', (_request, reply, done) => {
    unprotect(reply)
    done()
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        ...directives,
      },
    },
    // Whether there is TLS is up to what stands in front of this server, and what else is below its domain.
    strictTransportSecurity: false,
  })
}
