import { Readable } from 'node:stream'
import type { OpenAnswer } from './call.ts'
import { CallFailure, failureOf } from './call-failure.ts'
import type { Connections } from './connections.ts'
import { headOf } from './receive-answer.ts'
import { type Bounds, type Request, sendRequest } from './send-request.ts'

/** So much lies here until it is read, and whoever answers is let go; who reads too slowly for more slows them down. */
const UNREAD_MAX_BYTES = 5 * 1024 * 1024

/** How long what lies here is kept for somebody who does not read it. */
const UNREAD_MAX_MS = 2 * 60_000

export type OpenExchange = OpenAnswer & {
  /** Resolves when the other side is let go, with the reason where its answer was not complete. Never rejects. */
  over: Promise<Error | undefined>
}

/**
 * POSTs once and hands the answer on as soon as its head is there. The bounds are those of all of it, to its last byte: who
 * answers is held neither by its own slowness nor by that of who reads.
 * @throws as `exchange`, before there is a head; later that is the error of the body
 */
export const openExchange = (connections: Connections, request: Request, bounds: Bounds): Promise<OpenExchange> =>
  new Promise((resolve, reject) => {
    const { responseMaxBytes, onSent } = bounds
    let body: Readable | undefined
    let end: (error?: Error) => void = () => {}
    const over = new Promise<Error | undefined>((ended) => {
      end = ended
    })

    const failed = (error: Error) => {
      end(error)
      if (body) body.destroy(error)
      else reject(error)
    }
    sendRequest(
      connections,
      request,
      bounds,
      ({ done, fail, giveUp }) => {
        let sizeBytes = 0
        let isConnected = false
        const tooLarge = () => giveUp('too-large', `answered with more than ${responseMaxBytes} bytes.`)
        return {
          onRequestStart: () => {
            isConnected = true
            onSent?.()
          },
          onResponseStart: (controller, status, headers) => {
            // What only announces an answer is followed by another.
            if (status < 200) return
            if (Number(headers['content-length']) > responseMaxBytes) return tooLarge()
            body = new Readable({
              highWaterMark: UNREAD_MAX_BYTES,
              read: () => controller.resume(),
              destroy: (error, destroyed) => {
                giveUp('aborted', 'was not listened to any longer.')
                destroyed(error)
              },
            })
            // Who reads is told; it may break off before anybody does.
            body.on('error', () => {})
            resolve({ ...headOf(status, headers), body, over })
          },
          onResponseData: (controller, chunk) => {
            sizeBytes += chunk.length
            if (sizeBytes > responseMaxBytes) tooLarge()
            else if (body?.push(chunk) === false) controller.pause()
          },
          onResponseEnd: () => {
            done()
            end()
            if (body) keepUnread(body, request.host)
          },
          onResponseError: (_controller, error) => fail(failureOf(error, request.host, isConnected)),
        }
      },
      failed,
    )
  })

/** It has all come in; what is left is to read it. */
const keepUnread = (body: Readable, host: string): void => {
  body.push(null)
  const timer = setTimeout(() => {
    body.destroy(new CallFailure('timeout', `${host} answered, and nobody read it within ${UNREAD_MAX_MS} ms.`))
  }, UNREAD_MAX_MS)
  body.once('close', () => clearTimeout(timer))
}
