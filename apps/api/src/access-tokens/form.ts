import { isUtf8 } from 'node:buffer'
import { invalidPayload } from '@understudy/core'
import type { FastifyInstance } from 'fastify'

const FORM = 'application/x-www-form-urlencoded'

/**
 * Bodies are forms, and nothing else. A field without a value counts as left out, one that comes twice is refused (RFC 6749
 * §3.2).
 */
export const acceptForms = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(FORM, { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => {
    if (!isUtf8(body)) throw invalidPayload('request', 'the body is not UTF-8')
    const fields = [...new URLSearchParams(body.toString('utf8'))].filter(([, value]) => value !== '')
    const seen = new Set<string>()
    for (const [name] of fields) {
      if (seen.has(name)) throw invalidPayload(name, 'must not come twice')
      seen.add(name)
    }
    return Object.fromEntries(fields)
  })
  app.addContentTypeParser('*', async () => {
    throw invalidPayload('request', `the body has to be ${FORM}`)
  })
}
