import { buildConnector } from 'undici'
import type { AnswerHead } from '../call.ts'
import { CallFailure, type CallFailureReason } from '../call-failure.ts'
import { keepConnections } from '../connections.ts'
import { exchange } from '../exchange.ts'
import { openExchange } from '../open-exchange.ts'
import type { Bounds, Request } from '../send-request.ts'
import { targetOf } from '../target.rules.ts'
import type { Deployment } from './deployment.ts'
import type { DeploymentCall, Deployments } from './deployments.ts'
import { DEPLOYMENT_LIMITS } from './limits.ts'

export type RemoteOptions = {
  /** RUNTIME_URL: where a process listens that runs deployed code */
  url: string
  /** what it takes calls with */
  key: () => string
}

/** A call as it travels to the process that runs the code. */
export type Passed = DeploymentCall & { deployment: Deployment; timeoutMs: number; responseMaxBytes: number }
/** What comes back beside the body, which travels as it is. */
export type PassedBack = { answer: AnswerHead } | { failure: { reason: CallFailureReason; message: string } }

/** For an answer that is whole, and for one that is read while it comes. */
export const PATHS = { call: '/call', open: '/open' } as const

/** Carries what comes back, as Base64 of JSON. */
export const BACK_HEADER = 'x-understudy-answer'

/** Headers within one header: some three times as long as what Node takes of others. */
const HEADERS_MAX_BYTES = 64 * 1024

const CONNECT_TIMEOUT_MS = 10_000
/** The other side keeps the time of the call, and of a start before it; this is for a side that does not answer at all. */
const MARGIN_MS = 10_000

/** Deployed code that another process runs. The address comes from the operator: there is nothing to guard. */
export const remoteDeployments = ({ url, key }: RemoteOptions): Deployments => {
  const connections = keepConnections(buildConnector({ timeout: CONNECT_TIMEOUT_MS }), {
    headersMaxBytes: HEADERS_MAX_BYTES,
  })
  const target = { ...targetOf(url), host: 'The process that runs deployed code' }

  const passed = (
    path: string,
    deployment: Deployment,
    { headers, body }: DeploymentCall,
    { timeoutMs, responseMaxBytes }: Bounds,
  ): Request => ({
    ...target,
    path,
    headers: { authorization: `Bearer ${key()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ deployment, headers, body, timeoutMs, responseMaxBytes } satisfies Passed),
  })
  const within = (bounds: Bounds): Bounds => ({
    ...bounds,
    timeoutMs: DEPLOYMENT_LIMITS.waitMs + bounds.timeoutMs + MARGIN_MS,
  })
  /** @throws CallFailure as the other side tells it */
  const headIn = ({ status, headers }: AnswerHead) => {
    if (status !== 200)
      throw new CallFailure('unreachable', `${target.host} answered ${status}: do both have the same SECRET_KEY?`)
    const back = JSON.parse(Buffer.from(headers[BACK_HEADER] ?? '', 'base64').toString()) as PassedBack
    if ('failure' in back) throw new CallFailure(back.failure.reason, back.failure.message)
    return back.answer
  }

  return {
    call: async (deployment, call, bounds) => {
      const { body, bytes, durationMs, ...head } = await exchange(
        connections,
        passed(PATHS.call, deployment, call, bounds),
        within(bounds),
      )
      return { ...headIn(head), body, bytes, durationMs }
    },
    open: async (deployment, call, bounds) => {
      const { body, over, ...head } = await openExchange(
        connections,
        passed(PATHS.open, deployment, call, bounds),
        within(bounds),
      )
      try {
        return { ...headIn(head), body, over }
      } catch (error) {
        body.destroy()
        throw error
      }
    },
    processes: () => 0,
    close: () => connections.close(),
  }
}
