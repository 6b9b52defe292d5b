import type { Dispatcher } from 'undici'
import type { CallAnswer } from './call.ts'
import { CallFailure, type CallFailureReason, failureOf } from './call-failure.ts'

/** Within which an answer must come. */
export type Bounds = {
  timeoutMs: number
  responseMaxBytes: number
  signal: AbortSignal | undefined
  onSent: (() => void) | undefined
  /** how to name the receiver in sentences */
  host: string
}

/**
 * Sends one request and takes its answer in, until one of the bounds is reached; then the connection is closed at once.
 * Nothing is sent twice: whoever calls knows whether that may be.
 * @throws CallFailure
 */
export const exchange = (
  connections: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { timeoutMs, responseMaxBytes, signal, onSent, host }: Bounds,
): Promise<CallAnswer> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const chunks: Buffer[] = []
    let sizeBytes = 0
    let head = { status: 0, headers: {} as Record<string, string> }
    let controller: Dispatcher.DispatchController | undefined
    let givenUp: CallFailure | undefined

    const settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const giveUp = (reason: CallFailureReason, message: string) => {
      givenUp ??= new CallFailure(reason, message)
      settle()
      reject(givenUp)
      controller?.abort(givenUp)
    }
    const abort = () => giveUp('aborted', `The call to ${host} was ended from here.`)
    const tooLarge = () => giveUp('too-large', `${host} answered with more than ${responseMaxBytes} bytes.`)
    const timer = setTimeout(
      () => giveUp('timeout', `${host} did not answer completely within ${timeoutMs} ms.`),
      timeoutMs,
    )
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) return abort()

    connections.dispatch(request, {
      onRequestStart: (started) => {
        // Throwing here leaves the connection to the next call; nothing was sent yet.
        if (givenUp) throw givenUp
        controller = started
        onSent?.()
      },
      onResponseStart: (_controller, status, headers) => {
        // Below 200 it only announces an answer.
        if (status < 200) return
        head = { status, headers: textsOf(headers) }
        if (Number(headers['content-length']) > responseMaxBytes) tooLarge()
      },
      onResponseData: (_controller, chunk) => {
        sizeBytes += chunk.length
        if (sizeBytes > responseMaxBytes) tooLarge()
        else chunks.push(chunk)
      },
      onResponseEnd: () => {
        settle()
        const body = Buffer.concat(chunks, sizeBytes).toString()
        resolve({ ...head, body, durationMs: Math.round(performance.now() - startedAt) })
      },
      onResponseError: (_controller, error) => {
        settle()
        reject(failureOf(error, host, controller !== undefined))
      },
    })
  })

const textsOf = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
