import { isUtf8 } from 'node:buffer'
import { ApiError } from '@understudy/core'
import type { FastifyInstance } from 'fastify'

/** How deep a body may be nested; what is deeper would only exhaust the stack of whoever walks it. */
const DEPTH_MAX = 1000

/**
 * JSON bodies where an operation takes one; whatever comes along with a GET or a DELETE is read and ignored, because some
 * clients send `{}`. What no column can hold is refused here, once.
 */
export const acceptContent = (app: FastifyInstance): void => {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/([\w.+-]+\+)?json\b/i, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer
    if (request.method === 'DELETE' || bytes.length === 0) return done(null, undefined)
    if (!isUtf8(bytes)) return done(malformed('is not UTF-8'))
    const text = bytes.toString('utf8')
    if (isDeeperThan(DEPTH_MAX, text)) return done(malformed(`is nested deeper than ${DEPTH_MAX} levels`))
    void parseJson(request, text, (error, parsed: unknown) => {
      if (error) return done(malformed(problemOf(text)))
      if (SUSPICIOUS_ESCAPE.test(text) && holdsUnstorable(parsed))
        return done(malformed('holds a NUL character or half of a surrogate pair'))
      done(null, parsed)
    })
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.method === 'DELETE' || body.length === 0) return done(null, undefined)
    done(new ApiError('UnsupportedMediaType', 'The body has to be application/json.'))
  })
}

const malformed = (problem: string): ApiError => new ApiError('InvalidPayload', `The body ${problem}.`)

/** The parser also refuses a key that reaches for the prototype, and says no more about it. */
const problemOf = (refused: string): string => {
  try {
    JSON.parse(refused)
    return 'holds a forbidden key: "__proto__", or "prototype" in a "constructor"'
  } catch {
    return 'is not valid JSON'
  }
}

/** Before it is parsed, in one pass over the text: brackets inside strings do not count. */
const isDeeperThan = (limit: number, text: string): boolean => {
  if (text.length <= limit) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '[' || char === '{') {
      if (++depth > limit) return true
    } else if (char === ']' || char === '}') depth--
  }
  return false
}

// The text itself is well-formed UTF-8: only escapes can smuggle these in.
const SUSPICIOUS_ESCAPE = /\\u(0000|d[89a-f])/i
const UNSTORABLE = /\0|\p{Surrogate}/u

const holdsUnstorable = (value: unknown): boolean => {
  if (typeof value === 'string') return UNSTORABLE.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, member]) => UNSTORABLE.test(key) || holdsUnstorable(member))
}
