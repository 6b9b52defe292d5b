import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { Bulk, type Operation } from '@understudy/contract'
import { ApiError, invalidPayload } from '@understudy/core'
import type { FastifyInstance, FastifyReply, FastifyRequest, RequestPayload } from 'fastify'
import { type CutOut, cutOut, type Task } from '../../large-bodies/cut-out.mjs'
import { isEncoded, isJson, malformed, unsupported } from './content.ts'
import { turnstile } from './turnstile.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** what was cut out of the body, in its order; its place in the rest is held by its number */
    cuts: readonly Bulk[]
    /** makes room for the next large body; not there for a small one */
    letGo: (() => void) | undefined
  }
}

const PROGRAM = new URL('../../large-bodies/cut-out.worker.mjs', import.meta.url)

/** Up to here a body is cut where everything happens: that takes a few milliseconds, less than to start a thread. */
const SMALL_BYTES = 1024 * 1024

/** What is left of a body is parsed as every other. */
const REST_MAX_BYTES = 4 * 1024 * 1024

/** Each takes as much memory as it is large. */
const GATE = { atOnce: 2, waitingMax: 32, waitMs: 20_000 }

/** Whoever sends nothing for so long does not keep others waiting. */
const STALL_MS = 10_000

/**
 * Keeps very long strings out of what parses bodies: they are cut out first and wait in `request.cuts`. Large bodies are cut
 * in a thread of their own, so that nobody else waits for it, and at most two at once.
 */
export const cutLargeBodies = (app: FastifyInstance): void => {
  const gate = turnstile(GATE)
  app.decorateRequest('cuts')
  app.decorateRequest('letGo')
  app.addHook('preParsing', async (request, reply, payload) => {
    const { bulk } = request.routeOptions.config.operation ?? {}
    const announced = lengthOf(request)
    if (!bulk || (announced !== undefined && announced > request.routeOptions.bodyLimit)) return payload
    if (!isJson(request) || isEncoded(request)) {
      // Small ones are refused like all others; large ones are not even read.
      if ((announced ?? SMALL_BYTES + 1) > SMALL_BYTES) throw unsupported('The body has to be plain application/json.')
      return payload
    }
    return restOf(request, reply, { bulk, announced, gate })
  })
}

const lengthOf = ({ headers }: FastifyRequest): number | undefined =>
  headers['content-length'] === undefined
    ? headers['transfer-encoding'] === undefined
      ? 0
      : undefined
    : Number(headers['content-length'])

type Cutting = {
  bulk: NonNullable<Operation['bulk']>
  announced: number | undefined
  gate: ReturnType<typeof turnstile>
}

const restOf = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { bulk, announced, gate }: Cutting,
): Promise<RequestPayload> => {
  const enter = async (): Promise<void> => {
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const leave = await gate.enter(gone.signal)
    // Who hangs up while the request is done is waited for: its bytes are still there.
    request.letGo = leave
    const leaveUnlessTaken = () => request.letGo && leave()
    if (gone.signal.aborted) leave()
    else reply.raw.once('close', leaveUnlessTaken)
  }
  const bytes = await readWhole(request, { announced, enter })
  const task = { ...bulk, restMax: REST_MAX_BYTES }
  const { rest, cuts } = readable(request.letGo ? await cutElsewhere(bytes, task) : cutOut(bytes, task), task)
  request.cuts = cuts.map(({ bytes: cut, sha256 }) => new Bulk(cut, sha256))
  return Object.assign(Readable.from([rest]), { receivedEncodedLength: announced ?? rest.length })
}

type Reading = { announced: number | undefined; enter: () => Promise<void> }

/** Reads a body into one piece of memory. Once it is large it has to be let in, and before that no more of it is read. */
const readWhole = async ({ raw, routeOptions }: FastifyRequest, { announced, enter }: Reading): Promise<Uint8Array> => {
  if ((announced ?? 0) > SMALL_BYTES) await enter()
  let isInside = (announced ?? 0) > SMALL_BYTES
  let bytes = Buffer.alloc(announced ?? SMALL_BYTES)
  let length = 0
  const stall = setTimeout(() => raw.destroy(), STALL_MS)
  try {
    for await (const chunk of chunksOf(raw)) {
      stall.refresh()
      const needed = length + chunk.length
      if (needed > routeOptions.bodyLimit)
        throw new ApiError(
          'PayloadTooLarge',
          `The body is larger than the ${routeOptions.bodyLimit} bytes this operation accepts.`,
          {
            limit: 'bodyBytes',
            max: routeOptions.bodyLimit,
          },
        )
      if (needed > SMALL_BYTES && !isInside) {
        await enter()
        isInside = true
      }
      if (needed > bytes.length) {
        const larger = Buffer.alloc(Math.min(2 * needed, routeOptions.bodyLimit))
        larger.set(bytes.subarray(0, length))
        bytes = larger
      }
      bytes.set(chunk, length)
      length = needed
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'ECONNRESET' ? cutShort() : error
  } finally {
    clearTimeout(stall)
  }
  if (announced !== undefined && length !== announced) throw cutShort()
  return bytes.subarray(0, length)
}

/** A refusal leaves the connection open: there is an answer to be sent over it. */
const chunksOf = (raw: IncomingMessage) => raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>

const cutShort = (): ApiError => new ApiError('InvalidPayload', 'The body is not as long as its Content-Length says.')

/** @throws InvalidPayload, PayloadTooLarge for what is wrong with it */
const readable = (result: CutOut, { member, restMax }: Task) => {
  if ('problem' in result) throw malformed(result.problem)
  if ('notBase64' in result) throw invalidPayload(member, 'has to be Base64')
  if ('restLength' in result)
    throw new ApiError('PayloadTooLarge', `The body without "${member}" is larger than ${restMax} bytes.`, {
      limit: 'bodyBytes',
      max: restMax,
      actual: result.restLength,
    })
  return result
}

/** In a thread of its own, which takes the bytes over and gives them back. */
const cutElsewhere = (bytes: Uint8Array, task: Task): Promise<CutOut> =>
  new Promise((resolve, reject) => {
    const transferList = [bytes.buffer as ArrayBuffer]
    const worker = new Worker(PROGRAM, { workerData: { bytes, task }, transferList, execArgv: [] })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The thread that cuts a body ended with ${code}.`)))
  })
