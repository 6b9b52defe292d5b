import { createTunnels } from '@understudy/runtime'
import type { FastifyInstance } from 'fastify'

/** Where other things than operations live, or are going to. */
const NOT_ROUTED = ['webhook', 'integration', 'app', 'chat', 'metrics']

/**
 * Lets developers open tunnels at `/<id>`, and whatever else comes for such a path out at their other end. What this server has
 * a route for is never a tunnel. Comes before all that reads requests.
 * @param methodsOf the paths that lead somewhere
 */
export const passIntoTunnels = (app: FastifyInstance, methodsOf: ReadonlyMap<string, unknown>): void => {
  const isReserved = (id: string): boolean =>
    NOT_ROUTED.includes(id) || [...methodsOf.keys()].some((path) => path.split('/')[1] === id)
  const tunnels = createTunnels({ isReserved })
  app.server.on('upgrade', tunnels.connect)
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404 || !tunnels.leads(request.url)) return done()
    void reply.hijack()
    void tunnels.pass(request.raw, reply.raw)
  })
  app.addHook('preClose', () => tunnels.close())
}
