import type { Contents, EventSource, InputOf, Operation, Operations, ResultOf, Tenant } from '@understudy/contract'
import {
  type BotContext,
  type CallerContext,
  invalidPayload,
  invalidQuery,
  type PlatformContext,
  type WorkspaceContext,
} from '@understudy/core'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { answerUnderKey } from './idempotency-key.ts'
import { decodeJsonValues, isProperlyEncoded } from './parse-query.ts'
import { sendContents } from './send-contents.ts'
import { sendEvents } from './send-events.ts'

type ContextFor = { nobody: PlatformContext; account: CallerContext; workspace: WorkspaceContext; bot: BotContext }

/** The context of an operation is that of its tenant. */
export type ContextOf<T extends Tenant> = ContextFor[T]

type Handler<O extends Operation> = (input: InputOf<O>, ctx: ContextOf<O['tenant']>) => Promise<ResultOf<O>>

/** One handler per operation: a missing or misspelt one, or a result of another shape, does not compile. */
export type Handlers<G extends Operations> = { [Id in keyof G]: Handler<G[Id]> }

declare module 'fastify' {
  interface FastifyContextConfig {
    operationId?: string
    operation?: Pick<Operation, 'access' | 'tenant' | 'bulk'>
  }
}

const BODY_LIMIT_BYTES = 1024 * 1024

/** The routes of a page of operations: parse, call, parse again, so that nothing leaves that the contract does not name. */
export const implement =
  <const G extends Operations>(group: G, handlers: Handlers<G>): FastifyPluginAsync =>
  async (app) => {
    for (const [operationId, operation] of Object.entries(group))
      mount(app, operationId, operation, handlers[operationId] as unknown as Handler<Operation>)
  }

const mount = (app: FastifyInstance, operationId: string, operation: Operation, handler: Handler<Operation>): void => {
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const input = inputOf(operation, request)
    if (operation.stream)
      return sendEvents(reply, operation.response, (await handler(input, request.ctx)) as EventSource<unknown>)
    if (operation.contents) return sendContents(request, reply, (await handler(input, request.ctx)) as Contents)
    const { status, body } = await answerUnderKey(request, reply, {
      operation,
      headers: input.headers,
      act: async (ctx) => ({ status: operation.status, body: operation.response.parse(await handler(input, ctx)) }),
    })
    void reply.code(status)
    // Not the reply itself: whoever waits for that waits for the end of its stream.
    return body
  }
  app.route({
    method: operation.method,
    url: operation.path,
    config: { operationId, operation },
    bodyLimit: operation.bodyLimitBytes ?? BODY_LIMIT_BYTES,
    handler: operation.bulk ? holdingRoom(answer) : answer,
  })
}

type Answering = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** A large body keeps its room until it is dealt with, even where nobody waits for the answer any more. */
const holdingRoom =
  (answer: Answering): Answering =>
  async (request, reply) => {
    const { letGo } = request
    request.letGo = undefined
    try {
      return await answer(request, reply)
    } finally {
      letGo?.()
    }
  }

const inputOf = (operation: Operation, { url, params, headers, query, body }: FastifyRequest): InputOf<Operation> => {
  if (!isProperlyEncoded(url)) throw invalidQuery('url', 'is not properly percent-encoded')
  return {
    params: operation.params && parsed(operation.params, params, invalidQuery),
    headers: operation.headers && parsed(operation.headers, sentOf(headers), invalidPayload),
    query: operation.query && parsed(operation.query, decodeJsonValues(operation.query, query), invalidQuery),
    // No body at all is an empty one; `null` is a body, and no object.
    body: operation.body && parsed(operation.body, body === undefined ? {} : body, invalidPayload),
  } as InputOf<Operation>
}

/** Clients leave unset headers empty. */
const sentOf = (headers: FastifyRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))

/** The first thing that is wrong is named by its path; what was sent is not repeated. */
const parsed = (schema: z.ZodType, value: unknown, refuse: typeof invalidPayload): unknown => {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw refuse(issue?.path.map(String).join('.') || 'request', issue?.message ?? 'is not valid')
}
