import { buildConnector } from 'undici'
import type { CallAnswer } from '../call.ts'
import { CallFailure, type CallFailureReason } from '../call-failure.ts'
import { keepConnections } from '../connections.ts'
import { exchange } from '../exchange.ts'
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
/** What comes back: bytes as Base64, since not all of it need be text. */
export type PassedBack =
  | { answer: Omit<CallAnswer, 'body' | 'bytes'> & { base64: string } }
  | { failure: { reason: CallFailureReason; message: string } }

export const CALL_PATH = '/call'

const CONNECT_TIMEOUT_MS = 10_000
/** The other side keeps the time of the call, and of a start before it; this is for a side that does not answer at all. */
const MARGIN_MS = 10_000
/** Base64 makes it longer by a third. */
const LONGER = 1.5
const HEAD_MAX_BYTES = 1024 * 1024

/** Deployed code that another process runs. The address comes from the operator: there is nothing to guard. */
export const remoteDeployments = ({ url, key }: RemoteOptions): Deployments => {
  const connections = keepConnections(buildConnector({ timeout: CONNECT_TIMEOUT_MS }))
  const target = { ...targetOf(url), host: 'The process that runs deployed code', path: CALL_PATH }
  return {
    call: async (deployment, { headers, body }, { timeoutMs, responseMaxBytes, signal, onSent }) => {
      const passed: Passed = { deployment, headers, body, timeoutMs, responseMaxBytes }
      const request = {
        ...target,
        headers: { authorization: `Bearer ${key()}`, 'content-type': 'application/json' },
        body: JSON.stringify(passed),
      }
      const { status, body: text } = await exchange(connections, request, {
        timeoutMs: DEPLOYMENT_LIMITS.waitMs + timeoutMs + MARGIN_MS,
        responseMaxBytes: responseMaxBytes * LONGER + HEAD_MAX_BYTES,
        signal,
        onSent,
      })
      if (status !== 200)
        throw new CallFailure('unreachable', `${target.host} answered ${status}: do both have the same SECRET_KEY?`)
      const back = JSON.parse(text) as PassedBack
      if ('failure' in back) throw new CallFailure(back.failure.reason, back.failure.message)
      const { base64, ...answer } = back.answer
      const bytes = Buffer.from(base64, 'base64')
      return { ...answer, body: bytes.toString(), bytes }
    },
    processes: () => 0,
    close: () => connections.close(),
  }
}
