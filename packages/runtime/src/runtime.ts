import type { Call, CallAnswer } from './call.ts'
import { CallFailure } from './call-failure.ts'
import { keepConnections } from './connections.ts'
import type { Deployments } from './deployments/deployments.ts'
import { exchange } from './exchange.ts'
import { guardedConnect, type Resolve } from './guarded-connect.ts'
import { targetOf } from './target.rules.ts'

export type RuntimeOptions = {
  /** Whether loopback and private networks may be called. */
  allowPrivateHosts: boolean
  /** Largest body of an answer, in bytes. */
  responseMaxBytes?: number | undefined
  /** Instead of the machine's own resolver. */
  resolve?: Resolve | undefined
  /** Where deployed code runs; it is closed by who opened it. */
  deployments?: Pick<Deployments, 'call'> | undefined
}

/** How this server talks to bots and integrations. */
export type Runtime = {
  /**
   * POSTs to a bot or an integration, or calls its code, once.
   * @throws CallFailure when there is no answer; any other error means that the call was made wrongly
   */
  call: (call: Call) => Promise<CallAnswer>
  /** Waits for the calls that run, and makes no others. */
  close: () => Promise<void>
}

/** Room for a file of some size in the answer to a webhook, and for some hundred such answers in memory. */
const RESPONSE_MAX_BYTES = 5 * 1024 * 1024

/** Connections are kept between calls; where they lead is checked whenever one is opened. */
export const createRuntime = ({
  allowPrivateHosts,
  responseMaxBytes = RESPONSE_MAX_BYTES,
  resolve,
  deployments = noDeployments,
}: RuntimeOptions): Runtime => {
  const connections = keepConnections(guardedConnect({ allowPrivateHosts, resolve }))
  let isClosed = false
  return {
    call: async ({ url, deployment, headers, body, timeoutMs, signal, onSent }) => {
      const bounds = { timeoutMs, responseMaxBytes, signal, onSent }
      if (deployment) return deployments.call(deployment, { headers, body }, bounds)
      const target = targetOf(url)
      if (isClosed) throw new CallFailure('aborted', `${target.host} was not called any more: this server is closing.`)
      return exchange(connections, { ...target, headers, body }, bounds)
    },
    close: () => {
      isClosed = true
      return connections.close()
    },
  }
}

const noDeployments: Pick<Deployments, 'call'> = {
  call: async () => {
    throw new CallFailure('not-started', 'This process runs no code: it has no RUNTIME_URL of one that does.')
  },
}
