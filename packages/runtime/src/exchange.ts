import type { CallAnswer } from './call.ts'
import { failureOf } from './call-failure.ts'
import type { Connections } from './connections.ts'
import { receiveAnswer } from './receive-answer.ts'
import { type Bounds, type Request, sendRequest } from './send-request.ts'

/**
 * POSTs once and takes the whole answer in.
 * @throws CallFailure, and undici's own error for a header that no request can carry
 */
export const exchange = (connections: Connections, request: Request, bounds: Bounds): Promise<CallAnswer> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const { responseMaxBytes, onSent } = bounds
    sendRequest(
      connections,
      request,
      bounds,
      ({ done, fail, giveUp }) =>
        receiveAnswer(responseMaxBytes, {
          sent: () => onSent?.(),
          received: (answer) => {
            resolve({ ...answer, durationMs: Math.round(performance.now() - startedAt) })
            done()
          },
          tooLarge: () => giveUp('too-large', `answered with more than ${responseMaxBytes} bytes.`),
          failed: (error, isConnected) => fail(failureOf(error, request.host, isConnected)),
        }),
      reject,
    )
  })
