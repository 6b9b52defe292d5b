import type { Readable } from 'node:stream'
import type { Deployment } from './deployments/deployment.ts'

/** One POST to a bot or an integration. */
export type Call = {
  /** Where it listens; path and query are kept. */
  url: string
  /** Code that runs here: then it is called, and `url` only says so to who reads it. */
  deployment?: Deployment | undefined
  headers: Readonly<Record<string, string>>
  /** JSON text */
  body: string
  /** For the whole call, from looking up the name to the last byte of the answer; code that runs here is started before. */
  timeoutMs: number
  /** Told when the request goes out on a connection; never, when it does not come to that. */
  onSent?: (() => void) | undefined
  /** Ends the call early. */
  signal?: AbortSignal | undefined
}

/** What stands before the body of an answer. */
export type AnswerHead = {
  status: number
  /** By lower-case name; what was sent several times is joined by commas. */
  headers: Record<string, string>
  /** each `set-cookie` by itself: they hold commas */
  cookies: string[]
}

/** What came back, whatever its status; a redirect is an answer like any other. */
export type CallAnswer = AnswerHead & {
  body: string
  /** the same, as it came: not all of it need be text, nor unpacked */
  bytes: Buffer
  durationMs: number
}

/** The same whose body is read while it comes. */
export type OpenAnswer = AnswerHead & {
  /** Ends with a CallFailure where it breaks off or reaches a limit. It has to be read, or destroyed, which ends the call. */
  body: Readable
}
