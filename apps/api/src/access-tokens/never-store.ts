import type { FastifyInstance } from 'fastify'

/** Answers that hold a token are nothing for caches on the way, refusals included (RFC 6749 §5.1). */
export const neverStore = (app: FastifyInstance): void => {
  app.addHook('onSend', async (_request, reply, payload) => {
    void reply.header('cache-control', 'no-store').header('pragma', 'no-cache')
    return payload
  })
}
