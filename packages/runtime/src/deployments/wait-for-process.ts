import { CallFailure } from '../call-failure.ts'
import type { Bounds } from '../send-request.ts'
import type { DeploymentProcess } from './start-process.ts'

/** How long after a broken connection a process may take to be seen as ended. */
const OBITUARY_MS = 2_000

/** Why a process ended, if it has. */
export const obituary = async ({ ended }: DeploymentProcess): Promise<CallFailure | undefined> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), OBITUARY_MS)
  })
  const failure = await Promise.race([ended, late])
  clearTimeout(timer)
  return failure
}

/**
 * Waits for a process, and for its place, before the time of a call begins: it has not been made yet.
 * @throws CallFailure when that takes too long, or is not waited for any longer
 */
export const inTime = async <T>(
  starting: Promise<T>,
  who: string,
  { timeoutMs, signal }: Pick<Bounds, 'timeoutMs' | 'signal'>,
): Promise<T> => {
  const over = new AbortController()
  const end = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(
      () => reject(new CallFailure('not-started', `${who} did not start within ${timeoutMs} ms.`)),
      timeoutMs,
    )
    const abort = () => reject(new CallFailure('aborted', `${who} was not waited for any longer.`))
    over.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    })
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort)
  })
  try {
    return await Promise.race([starting, end])
  } finally {
    over.abort()
  }
}
