import { setMaxListeners } from 'node:events'
import type { CallAnswer } from './call.ts'
import { CallFailure, type CallFailureReason, failureOf } from './call-failure.ts'
import type { Connection, Connections } from './connections.ts'
import { receiveAnswer } from './receive-answer.ts'
import type { Target } from './target.rules.ts'

export type Request = Target & { headers: Readonly<Record<string, string>>; body: string }

/** Within which an answer must come. */
export type Bounds = {
  timeoutMs: number
  responseMaxBytes: number
  signal: AbortSignal | undefined
  /** told when the request goes out on a connection */
  onSent: (() => void) | undefined
}

/**
 * POSTs once and takes the answer in, until one of the bounds is reached; then the connection is closed at once. Nothing
 * is sent twice, not even where a kept connection proves dead: only who calls knows whether that may be.
 * @throws CallFailure, and undici's own error for a header that no request can carry
 */
export const exchange = (
  connections: Connections,
  { origin, host, path, headers, body }: Request,
  { timeoutMs, responseMaxBytes, signal, onSent }: Bounds,
): Promise<CallAnswer> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now()
    let connection: Connection | undefined
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

    const handler = receiveAnswer(responseMaxBytes, {
      sent: () => onSent?.(),
      received: (answer) => {
        resolve({ ...answer, durationMs: Math.round(performance.now() - startedAt) })
        settle(true)
      },
      tooLarge: () => giveUp('too-large', `answered with more than ${responseMaxBytes} bytes.`),
      failed: (error, isConnected) => fail(failureOf(error, host, isConnected)),
    })
    const turn = (mine: Connection) => {
      connection = mine
      mine.client.dispatch({ path, method: 'POST', headers, body }, handler)
    }

    const timer = setTimeout(() => giveUp('timeout', `did not answer within ${timeoutMs} ms.`), timeoutMs)
    if (signal?.aborted) return abort()
    if (signal) {
      // One signal may end any number of calls.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', abort)
    }
    connections.take(origin, turn)
  })
