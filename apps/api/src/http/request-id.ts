import type { IncomingMessage } from 'node:http'
import { newUuid } from '@understudy/core'
import type { FastifyInstance } from 'fastify'

/** In answers, and in requests that come through somebody who has given them one. */
export const REQUEST_ID = 'x-request-id'

const ACCEPTABLE = /^[\w.:-]{1,128}$/

/** By what a request is found in the log. */
export const requestIdOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers[REQUEST_ID]
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : newUuid()
}

/** Tells every client the id of its request. */
export const tellRequestIds = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID, request.id)
    done()
  })
}
