import { Readable } from 'node:stream'
import type { Contents } from '@understudy/contract'
import { create as dispositionOf } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import isFresh from 'fresh'
import parseRange from 'range-parser'
import { unprotect } from './protect-answers.ts'
import { errorBody } from './render-error.ts'

/** Types no browser runs anything of; all others are shown where they can reach nothing of ours. */
const INERT = /^(audio\/|video\/|image\/(?!svg)|text\/plain\b|application\/(pdf|octet-stream)\b)/

export const isInert = (contentType: string): boolean => INERT.test(contentType)

/**
 * Answers bytes: all of them, the range the client asks for, or that its copy is still good.
 * @throws what opening them throws, before anything is sent
 */
export const sendContents = async (
  request: FastifyRequest,
  reply: FastifyReply,
  contents: Contents,
): Promise<FastifyReply> => {
  const etag = `"${contents.tag}"`
  unprotect(reply)
  // Programs that compare by themselves send no-cache along: that is meant for what stands between.
  const { 'if-none-match': copies } = request.headers
  if (isFresh({ 'if-none-match': copies }, { etag })) return reply.code(304).headers(headersOf(contents, etag)).send()

  const range = rangeOf(request, etag, contents.sizeBytes)
  if (range === 'unsatisfiable') return refuseRange(request, reply, contents)
  const bytes = await contents.open(range)
  const { start, end } = range ?? { start: 0, end: contents.sizeBytes - 1 }
  void reply.headers({ ...headersOf(contents, etag), 'content-length': end - start + 1 })
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${contents.sizeBytes}`)
  if (request.method !== 'HEAD') return reply.send(bytes)
  // The head alone: the framework would read all of them to its end.
  bytes.destroy()
  return reply.send(Readable.from([]))
}

/** An image may draw with what it holds and fetches nothing, even where somebody opens it as a page. */
const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"

const policyOf = (contentType: string) => {
  if (isInert(contentType)) return {}
  return { 'content-security-policy': contentType.startsWith('image/svg') ? SVG_POLICY : 'sandbox' }
}

const headersOf = ({ name, contentType, isPublic, isLasting }: Contents, etag: string) => ({
  etag,
  'accept-ranges': 'bytes',
  // A deleted file is gone at once: whoever has a copy asks whether it is still good.
  'cache-control': isLasting ? 'public, max-age=31536000, immutable' : isPublic ? 'no-cache' : 'private, no-cache',
  'content-type': contentType,
  'content-disposition': dispositionOf(name, { type: 'inline' }),
  'x-content-type-options': 'nosniff',
  ...policyOf(contentType),
})

/** The one range asked for; undefined where all is meant: several, nonsense, or of a copy that is not this one. */
const rangeOf = ({ headers }: FastifyRequest, etag: string, sizeBytes: number) => {
  const copy = headers['if-range']
  if (headers.range === undefined || (copy !== undefined && copy !== etag)) return undefined
  const ranges = parseRange(sizeBytes, headers.range, { combine: true })
  if (ranges === -1) return 'unsatisfiable'
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined
  return ranges[0]
}

const refuseRange = ({ ctx }: FastifyRequest, reply: FastifyReply, { sizeBytes }: Contents): FastifyReply => {
  const message = `range: there are only ${sizeBytes} bytes`
  return reply
    .code(416)
    .header('content-range', `bytes */${sizeBytes}`)
    .send(errorBody(ctx, { type: 'InvalidQuery', status: 416, message }))
}
