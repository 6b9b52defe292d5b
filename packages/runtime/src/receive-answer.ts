import type { Dispatcher } from 'undici'
import type { AnswerHead, CallAnswer } from './call.ts'

/** Told of the request going out, and then of one of three ways in which the receiving of its answer ends. */
export type Steps = {
  sent: () => void
  received: (answer: Omit<CallAnswer, 'durationMs'>) => void
  /** The body is larger than it may be; what goes on coming is not kept. */
  tooLarge: () => void
  /** @param isConnected whether there was a connection, and the request possibly on its way */
  failed: (error: Error, isConnected: boolean) => void
}

/** Takes an answer in as undici reads it. */
export const receiveAnswer = (
  maxBytes: number,
  { sent, received, tooLarge, failed }: Steps,
): Dispatcher.DispatchHandler => {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  let head: AnswerHead = { status: 0, headers: {}, cookies: [] }
  let isConnected = false
  return {
    onRequestStart: () => {
      isConnected = true
      sent()
    },
    onResponseStart: (_controller, status, headers) => {
      // What only announces an answer (1xx) is followed by another.
      head = headOf(status, headers)
      if (Number(headers['content-length']) > maxBytes) tooLarge()
    },
    onResponseData: (_controller, chunk) => {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) tooLarge()
      else chunks.push(chunk)
    },
    onResponseEnd: () => {
      const bytes = Buffer.concat(chunks, sizeBytes)
      received({ ...head, body: bytes.toString(), bytes })
    },
    onResponseError: (_controller, error) => failed(error, isConnected),
  }
}

type Headers = Record<string, string | string[] | undefined>

/** What stands before the body of an answer. */
export const headOf = (status: number, headers: Headers): AnswerHead => ({
  status,
  headers: textsOf(headers),
  cookies: [headers['set-cookie'] ?? []].flat(),
})

const textsOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
