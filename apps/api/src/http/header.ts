import type { FastifyRequest } from 'fastify'

/** A header that was sent and is not empty; clients leave unset ones empty. */
export const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return (Array.isArray(value) ? value[0] : value) || undefined
}
