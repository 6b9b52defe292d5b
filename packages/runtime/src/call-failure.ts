/**
 * Why a call has no answer: the connection was `refused`; the host was `unreachable`; nothing complete came before the
 * `timeout`; the connection was `cut`, or what came over it was not HTTP; the answer was `too-large`; we do not talk to
 * such an address (`forbidden-address`) or cannot read the URL (`bad-url`); we `aborted` the call ourselves. Of code that runs
 * here: it could not be started (`not-started`), or its process ended during the call (`crashed`).
 */
export type CallFailureReason =
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'cut'
  | 'too-large'
  | 'forbidden-address'
  | 'bad-url'
  | 'aborted'
  | 'not-started'
  | 'crashed'

const FINAL: ReadonlySet<CallFailureReason> = new Set(['too-large', 'forbidden-address', 'bad-url'])

/** There is no answer. The message is a sentence that may be shown to whoever owns the bot. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure'

  constructor(
    readonly reason: CallFailureReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** Whether the same call may succeed later. It may have reached its receiver nevertheless. */
  get retryable(): boolean {
    return !FINAL.has(this.reason)
  }
}

/** The mistake of whoever made the call, so nothing for the receiver's owner to read. */
const OURS: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'])

/**
 * What an error of the network means for the call it ended.
 * @param host as the URL names it
 * @param isConnected whether there was a connection, and the request possibly on its way
 * @returns the error itself when it says that the call was made wrongly
 */
export const failureOf = (error: Error & { code?: unknown }, host: string, isConnected: boolean): Error => {
  const code = typeof error.code === 'string' ? error.code : error.name
  if (error instanceof CallFailure || OURS.has(code)) return error
  const failure = (reason: CallFailureReason, message: string) => new CallFailure(reason, message, { cause: error })
  if (!isConnected)
    return code === 'ECONNREFUSED'
      ? failure('refused', `${host} refused the connection.`)
      : failure('unreachable', `${host} cannot be reached (${code}).`)
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return failure('too-large', `${host} answered with too many headers.`)
  if (code.startsWith('HPE_')) return failure('cut', `${host} answered something that is not HTTP (${code}).`)
  return failure('cut', `${host} closed the connection before its answer was complete (${code}).`)
}
