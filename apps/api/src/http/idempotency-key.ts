import { type Operation, takesIdempotencyKey } from '@understudy/contract'
import { type Answer, answerOnce, answerOnceOutside, invalidPayload, type PlatformContext } from '@understudy/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { header } from './header.ts'

const NAME = 'idempotency-key'
const KEY_MAX = 255

/** Tells an answer that was kept from one that was just made. */
export const REPLAYED = 'idempotent-replayed'

export type Repeatable = {
  operation: Operation
  /** the headers the operation itself reads */
  headers: unknown
  act: (ctx: PlatformContext) => Promise<Answer>
}

/**
 * Answers a request. One that carries an `Idempotency-Key` is done once: sent again, it gets the answer of the first time.
 * @throws as answerOnce, and as `act`; InvalidPayload for a key that is too long
 */
export const answerUnderKey = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { operation, headers, act }: Repeatable,
): Promise<Answer> => {
  const { ctx, method, url, body } = request
  const key = takesIdempotencyKey(operation) ? header(request, NAME) : undefined
  if (key === undefined || !('caller' in ctx)) return act(ctx)
  if (key.length > KEY_MAX) throw invalidPayload(NAME, `is longer than ${KEY_MAX} characters`)
  const answerIt = callsOut(operation, body) ? answerOnceOutside : answerOnce
  const { replayed, ...answer } = await answerIt(ctx, { key, contents: [method, url, headers, body] }, act)
  if (replayed) void reply.header(REPLAYED, 'true')
  return answer
}

const callsOut = ({ callsOut: when }: Operation, body: unknown): boolean =>
  when === true || (when !== undefined && typeof body === 'object' && body !== null && Object.hasOwn(body, when))
