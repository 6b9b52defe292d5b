import type { Dispatcher } from 'undici'
import type { CallAnswer } from './call.ts'
import { CallFailure, type CallFailureReason, failureOf } from './call-failure.ts'
import type { Connection, Connections } from './connections.ts'
import type { Target } from './target.rules.ts'

/** Within which an answer must come. */
export type Bounds = { timeoutMs: number; responseMaxBytes: number; signal: AbortSignal | undefined }

export type Request = Target & { headers: Readonly<Record<string, string>>; body: string }

/**
 * POSTs once and takes the answer in, until one of the bounds is reached; then the connection is closed at once. Nothing
 * is sent twice, not even where a kept connection proves dead: only who calls knows whether that may be.
 * @throws CallFailure
 */
export const exchange = (
  connections: Connections,
  { origin, host, path, headers, body }: Request,
  { timeoutMs, responseMaxBytes, signal }: Bounds,
): Promise<CallAnswer> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const chunks: Buffer[] = []
    let sizeBytes = 0
    let head = { status: 0, headers: {} as Record<string, string> }
    let connection: Connection | undefined
    let isConnected = false
    let isSettled = false

    const settle = (isSound: boolean) => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      if (connection) connections.giveBack(connection, isSound)
      else connections.leave(origin, turn)
    }
    const fail = (error: Error) => {
      reject(error)
      settle(false)
    }
    const giveUp = (reason: CallFailureReason, message: string) => fail(new CallFailure(reason, `${host} ${message}`))
    const abort = () => giveUp('aborted', 'was not waited for any longer.')
    const tooLarge = () => giveUp('too-large', `answered with more than ${responseMaxBytes} bytes.`)

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => {
        isConnected = true
      },
      onResponseStart: (_controller, status, received) => {
        // Below 200 it only announces an answer.
        if (status < 200) return
        head = { status, headers: textsOf(received) }
        if (Number(received['content-length']) > responseMaxBytes) tooLarge()
      },
      onResponseData: (_controller, chunk) => {
        sizeBytes += chunk.length
        if (sizeBytes > responseMaxBytes) tooLarge()
        else chunks.push(chunk)
      },
      onResponseEnd: () => {
        const text = Buffer.concat(chunks, sizeBytes).toString()
        resolve({ ...head, body: text, durationMs: Math.round(performance.now() - startedAt) })
        settle(true)
      },
      onResponseError: (_controller, error) => fail(failureOf(error, host, isConnected)),
    }
    const turn = (mine: Connection) => {
      connection = mine
      mine.client.dispatch({ path, method: 'POST', headers, body }, handler)
    }

    const timer = setTimeout(() => giveUp('timeout', `did not answer within ${timeoutMs} ms.`), timeoutMs)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    else connections.take(origin, turn)
  })

const textsOf = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
