import type { FastifyInstance, RouteOptions } from 'fastify'

/** An application with a route that does not say who may use it does not get ready. */
export const refuseRoutesWithoutAccess = (app: FastifyInstance): void => {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  app.addHook('onReady', async () => {
    // OPTIONS carries nothing but the rules for browsers.
    const open = routes.find(({ method, config }) => method !== 'OPTIONS' && !config?.operation?.access)
    if (open) throw new Error(`${[open.method].flat().join(', ')} ${open.url} declares no access.`)
  })
}
