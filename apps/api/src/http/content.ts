import { isUtf8 } from 'node:buffer'
import { ApiError } from '@understudy/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** How deep a body may be nested; what is deeper would only exhaust the stack of whoever walks it. */
const DEPTH_MAX = 1000

/** How many values a body may hold: a deployment is large because of its code, and code is one value. */
const VALUES_MAX = 250_000

/**
 * JSON bodies where an operation takes one; whatever comes along with a GET or a DELETE is read and ignored, because some
 * clients send `{}`. What no column can hold is refused here, once.
 */
export const acceptContent = (app: FastifyInstance): void => {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer
    if (isIgnored(request, bytes)) return done(null, undefined)
    if (isEncoded(request)) return done(unsupported('The body has to be sent as it is, without Content-Encoding.'))
    if (!isUtf8(bytes)) return done(malformed('is not UTF-8'))
    const text = bytes.toString('utf8')
    const excess = excessOf(text)
    if (excess) return done(malformed(excess))
    void parseJson(request, text, (error, parsed: unknown) => {
      if (error) return done(malformed(refusalOf(text)))
      const problem = SUSPICIOUS.test(text) ? problemOf(parsed) : undefined
      done(problem ? malformed(problem) : null, withCuts(request, parsed))
    })
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (isIgnored(request, body as Buffer)) return done(null, undefined)
    done(unsupported('The body has to be application/json.'))
  })
}

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i

export const isJson = ({ headers }: FastifyRequest): boolean => JSON_TYPE.test(headers['content-type'] ?? '')

/** Puts what was cut out before back in its place: there, every string is the number of a cut. */
const withCuts = ({ cuts, routeOptions }: FastifyRequest, body: unknown): unknown => {
  const { member } = routeOptions.config.operation?.bulk ?? {}
  if (!cuts || member === undefined || typeof body !== 'object' || body === null) return body
  const number = (body as Record<string, unknown>)[member]
  return typeof number === 'string' ? { ...body, [member]: cuts[Number(number)] } : body
}

const isIgnored = ({ method }: FastifyRequest, body: Buffer): boolean => method === 'DELETE' || body.length === 0

/** Nothing is unpacked here: no client packs its requests, and a few bytes could become gigabytes. */
export const isEncoded = ({ headers }: FastifyRequest): boolean =>
  !['', 'identity'].includes(headers['content-encoding']?.trim().toLowerCase() ?? '')

export const unsupported = (message: string): ApiError => new ApiError('UnsupportedMediaType', message)

export const malformed = (problem: string): ApiError => new ApiError('InvalidPayload', `The body ${problem}.`)

/** The parser also refuses a key that reaches for the prototype, and says no more about it. */
const refusalOf = (refused: string): string => {
  try {
    JSON.parse(refused)
    return 'holds a forbidden key: "__proto__", or "prototype" in a "constructor"'
  } catch {
    return 'is not valid JSON'
  }
}

/** Before it is parsed, in one pass over the text: what is inside strings does not count. */
const excessOf = (text: string): string | undefined => {
  let depth = 0
  let values = 1
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '[' || char === '{') {
      if (++depth > DEPTH_MAX) return `is nested deeper than ${DEPTH_MAX} levels`
    } else if (char === ']' || char === '}') depth--
    else if (char === ',' && ++values > VALUES_MAX) return `holds more than ${VALUES_MAX} values`
  }
  return undefined
}

// The text itself is well-formed UTF-8: only escapes can smuggle characters in. A number is out of range if it is long or
// has a long exponent; the lookbehind keeps the search from starting again at every digit.
const SUSPICIOUS = /\\u(?:0000|d[89a-f])|\de\+?\d{3}|(?<!\d)\d{200}/i
const UNSTORABLE = /\0|\p{Surrogate}/u

/** What no column can hold; a number out of range would be stored as nothing at all. */
const problemOf = (value: unknown): string | undefined => {
  if (typeof value === 'string')
    return UNSTORABLE.test(value) ? 'holds a NUL character or half of a surrogate pair' : undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'holds a number that is out of range'
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    const problem = problemOf(key) ?? problemOf(member)
    if (problem) return problem
  }
  return undefined
}
