import { type CallAnswer, CallFailure, type OpenAnswer } from '@understudy/runtime'
import type { PlatformContext } from '../context.ts'
import { operationTimeout, runtimeError } from '../errors.ts'
import type { Addressed } from './addressed.ts'
import { saidIn } from './said.rules.ts'

/** A call that may be ended early. */
type Waited = Addressed & { signal?: AbortSignal | undefined }

/** Somebody waits for the answer to their change of a bot, however long what is called to register may otherwise take. */
export const REGISTER_MAX_MS = 30_000

/**
 * Calls a bot or an integration while somebody waits. Once: whoever waits decides whether to try again.
 * @throws OperationTimeout; Runtime when there is no answer, saying why
 */
const callAndWait = ({ runtime }: PlatformContext, addressed: Addressed, body: object = {}): Promise<CallAnswer> =>
  answered(runtime.call({ ...addressed, body: JSON.stringify(body) }))

/**
 * The same where the body of the answer is passed on while it comes.
 * @throws as callAndWait, until there is a head; later the body ends with an error
 */
export const callAndPassOn = ({ runtime }: PlatformContext, addressed: Addressed, body: object): Promise<OpenAnswer> =>
  answered(runtime.open({ ...addressed, body: JSON.stringify(body) }))

const answered = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    throw error.reason === 'timeout' ? operationTimeout(error.message) : runtimeError(error.message)
  }
}

/**
 * Calls and waits where anything but a 2xx is a failure.
 * @param who answers, for the case that it does not say what went wrong
 * @returns what was answered, if that is a JSON object
 * @throws OperationTimeout; Runtime with the message, and the metadata, of who was called
 */
export const ask = async (
  ctx: PlatformContext,
  who: string,
  addressed: Waited,
  body?: object,
): Promise<Record<string, unknown>> => {
  const { status, body: text } = await callAndWait(ctx, addressed, body)
  const answer = objectOf(text)
  if (status >= 200 && status < 300) return answer ?? {}
  const metadata = answer?.['metadata']
  throw runtimeError(saidIn(text) || `${who} answered ${status}.`, isObject(metadata) ? metadata : undefined)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const objectOf = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
