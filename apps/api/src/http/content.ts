import { isUtf8 } from 'node:buffer'
import { ApiError } from '@understudy/core'
import type { FastifyInstance } from 'fastify'

const NUL = String.fromCharCode(0)

/**
 * JSON bodies where an operation takes one; whatever comes along with a GET or a DELETE is read and ignored, because some
 * clients send `{}`.
 */
export const acceptContent = (app: FastifyInstance): void => {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/([\w.+-]+\+)?json\b/i, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer
    if (request.method === 'DELETE' || bytes.length === 0) return done(null, undefined)
    if (!isUtf8(bytes)) return done(malformed('is not UTF-8'))
    const text = bytes.toString('utf8')
    void parseJson(request, text, (error, parsed: unknown) => {
      if (error) return done(malformed('is not valid JSON'))
      if (text.includes('\\u0000') && holdsNul(parsed)) return done(malformed('holds a NUL character'))
      done(null, parsed)
    })
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.method === 'DELETE' || body.length === 0) return done(null, undefined)
    done(new ApiError('UnsupportedMediaType', 'The body has to be application/json.'))
  })
}

const malformed = (problem: string): ApiError => new ApiError('InvalidPayload', `The body ${problem}.`)

/** Walks without recursion: how deep the body is must not matter. */
const holdsNul = (root: unknown): boolean => {
  const open = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string' && value.includes(NUL)) return true
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) {
        if (key.includes(NUL)) return true
        open.push(member)
      }
  }
  return false
}
