import { contract, type Operations, PUBLISHED_OPERATIONS } from '@understudy/contract'
import type { PlatformContext } from '@understudy/core'
import type { FastifyInstance, HTTPMethods, RouteOptions } from 'fastify'
import { errorBody } from './render-error.ts'

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Our own routes beside the published API: anybody may use them. */
export const OPEN = { operation: { access: { public: true }, tenant: 'nobody' } } as const

/** Which methods each path has, as routes are added. */
export const recordMethods = (app: FastifyInstance): Map<string, Set<string>> => {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }: RouteOptions) => {
    const known = methodsOf.get(url) ?? new Set()
    for (const one of [method].flat()) known.add(one)
    methodsOf.set(url, known)
  })
  return methodsOf
}

/**
 * What a request meets that no operation answers: published but not built yet, another method, or nothing at all.
 * Comes after all other routes.
 */
export const meetTheRest = (
  app: FastifyInstance,
  platform: PlatformContext,
  methodsOf: Map<string, Set<string>>,
): void => {
  const built = new Set(Object.values(contract).flatMap((group: Operations) => Object.keys(group)))
  const unbuilt = PUBLISHED_OPERATIONS.filter(([operationId]) => !built.has(operationId))

  for (const [operationId, method, url] of unbuilt)
    app.route({
      method,
      url,
      config: { operationId, ...OPEN },
      handler: (_request, reply) => {
        const message = `${operationId} is published, but this server does not implement it yet.`
        return reply.code(405).send(errorBody(platform, { type: 'MethodNotFound', message }))
      },
    })
  for (const [url, known] of [...methodsOf].filter(([path]) => path.startsWith('/v1/'))) {
    const methods = [...known].join(', ')
    app.route({
      method: METHODS.filter((method) => !known.has(method)),
      url,
      config: OPEN,
      handler: (request, reply) => {
        const message = `${request.method} is not a method of this path; it has ${methods}.`
        return reply
          .code(405)
          .header('allow', methods)
          .send(errorBody(platform, { type: 'MethodNotFound', message }))
      },
    })
  }

  app.setNotFoundHandler((request, reply) => {
    const [path] = request.url.split('?')
    const message = `The route ${request.method} ${path} was not found.`
    return reply.code(404).send(errorBody(platform, { type: 'ResourceNotFound', message }))
  })
}
