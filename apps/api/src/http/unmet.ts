import { contract, type Operations, PUBLISHED_OPERATIONS } from '@understudy/contract'
import { ApiError } from '@understudy/core'
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods, RouteOptions } from 'fastify'

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
 * What a request meets that no operation answers: published but not built yet, another method, or nothing at all. It is
 * told so before its body is read, whatever that holds. Comes after all other routes.
 */
export const meetTheRest = (app: FastifyInstance, methodsOf: Map<string, Set<string>>): void => {
  const operations = Object.values(contract).flatMap((group: Operations) => Object.entries(group))
  const built = new Set(operations.map(([operationId]) => operationId))
  const promised = new Set<string>([
    ...operations.map(([, { path }]) => path),
    ...PUBLISHED_OPERATIONS.map(([, , path]) => path),
  ])
  const unbuilt = PUBLISHED_OPERATIONS.filter(([operationId]) => !built.has(operationId))

  for (const [operationId, method, url] of unbuilt) {
    const refuse = async (): Promise<never> => {
      throw methodNotFound(`${operationId} is published, but this server does not implement it yet.`)
    }
    app.route({ method, url, config: { operationId, ...OPEN }, onRequest: refuse, handler: refuse })
  }
  for (const [url, known] of [...methodsOf].filter(([path]) => promised.has(path))) {
    const methods = [...known].join(', ')
    const refuse = async (request: FastifyRequest, reply: FastifyReply): Promise<never> => {
      void reply.header('allow', methods)
      throw methodNotFound(`${request.method} is not a method of this path; it has ${methods}.`)
    }
    const others = METHODS.filter((method) => !known.has(method))
    app.route({ method: others, url, config: OPEN, onRequest: refuse, handler: refuse })
  }

  app.addHook('onRequest', (request, _reply, done) => done(request.is404 ? noRoute(request) : undefined))
  // Plugins that find nothing under a path of theirs end here.
  app.setNotFoundHandler(async (request) => {
    throw noRoute(request)
  })
}

const methodNotFound = (message: string): ApiError => new ApiError('MethodNotFound', message)

const noRoute = ({ method, url }: FastifyRequest): ApiError => {
  const [path] = url.split('?')
  return new ApiError('ResourceNotFound', `The route ${method} ${path} was not found.`)
}
