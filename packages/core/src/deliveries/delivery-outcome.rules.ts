import type { CallAnswer, CallFailure } from '@understudy/runtime'
import { saidIn } from '../callees/index.ts'
import type { Fault } from './delivery-failure.rules.ts'

/** What an attempt came to. `again`: there is to be another. */
export type Outcome =
  | { kind: 'delivered' }
  | { kind: 'failed'; reason: string; fault: Fault }
  | { kind: 'again'; reason: string; fault: Fault }
  /** we ended it ourselves: it counts as no attempt */
  | { kind: 'aborted' }

/**
 * A 5xx may be a passing weakness; anything else but a 2xx is the receiver's last word. Bots of newer SDKs answer 4xx for
 * exactly that (their `RuntimeError`), older ones 400 or 500 for whatever went wrong.
 */
export const outcomeOfAnswer = (receiver: string, { status, body }: CallAnswer): Outcome => {
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  const said = saidIn(body)
  const reason = `The ${receiver} answered ${status}${said ? `: ${said}` : '.'}`
  return { kind: status >= 500 ? 'again' : 'failed', reason, fault: { kind: 'answer', status } }
}

/** Who did not answer in time would most likely do its work twice; a connection that broke is worth another try. */
export const outcomeOfFailure = (failure: CallFailure): Outcome => {
  if (failure.reason === 'aborted') return { kind: 'aborted' }
  const again = failure.retryable && failure.reason !== 'timeout'
  return { kind: again ? 'again' : 'failed', reason: failure.message, fault: { kind: failure.reason } }
}

/** How long after its first, second, … failure a delivery is tried again: five attempts over about ten minutes. */
const BACK_OFF_MS = [1_000, 10_000, 60_000, 540_000] as const

/** @param failures how often it has failed before this time. @returns ms; undefined: no more */
export const backOffMs = (failures: number): number | undefined => BACK_OFF_MS[failures]
