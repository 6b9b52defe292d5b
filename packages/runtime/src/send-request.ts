import { setMaxListeners } from 'node:events'
import type { Dispatcher } from 'undici'
import { CallFailure, type CallFailureReason } from './call-failure.ts'
import type { Connection, Connections } from './connections.ts'
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

/** How a request ends. What is said after the first of them means nothing any more. */
export type Ends = {
  /** The answer is complete: others may have the connection. */
  done: () => void
  /** It is not, and will not be: the connection is closed at once. */
  fail: (error: Error) => void
  giveUp: (reason: CallFailureReason, message: string) => void
}

/**
 * POSTs once, until an answer has been taken in or one of the bounds is reached; then the connection is closed at once.
 * Nothing is sent twice, not even where a kept connection proves dead: only who calls knows whether that may be.
 * @param receive takes the answer in as undici reads it
 * @param failed told, once, of the end of a request without a whole answer
 */
export const sendRequest = (
  connections: Connections,
  { origin, host, path, headers, body }: Request,
  { timeoutMs, signal }: Bounds,
  receive: (ends: Ends) => Dispatcher.DispatchHandler,
  failed: (error: Error) => void,
): void => {
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
    if (isSettled) return
    failed(error)
    settle(false)
  }
  const giveUp = (reason: CallFailureReason, message: string) => fail(new CallFailure(reason, `${host} ${message}`))
  const abort = () => giveUp('aborted', 'was not waited for any longer.')

  const handler = receive({ done: () => settle(true), fail, giveUp })
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
}
