import type { Call, CallAnswer, OpenAnswer } from './call.ts'
import { CallFailure } from './call-failure.ts'
import { keepConnections } from './connections.ts'
import type { Deployments } from './deployments/deployments.ts'
import { exchange } from './exchange.ts'
import { guardedConnect, type Resolve } from './guarded-connect.ts'
import { openExchange } from './open-exchange.ts'
import { type Target, targetOf } from './target.rules.ts'

export type RuntimeOptions = {
  /** Whether loopback and private networks may be called. */
  allowPrivateHosts: boolean
  /** Largest body of an answer, in bytes. */
  responseMaxBytes?: number | undefined
  /** The same of one that is read while it comes, and takes no memory. */
  openMaxBytes?: number | undefined
  /** Instead of the machine's own resolver. */
  resolve?: Resolve | undefined
  /** Where deployed code runs; it is closed by who opened it. */
  deployments?: Pick<Deployments, 'call' | 'open'> | undefined
}

/** How this server talks to bots and integrations. */
export type Runtime = {
  /**
   * POSTs to a bot or an integration, or calls its code, once.
   * @throws CallFailure when there is no answer; any other error means that the call was made wrongly
   */
  call: (call: Call) => Promise<CallAnswer>
  /**
   * The same, but answers as soon as the head of the answer is there: its body is read while it comes.
   * @throws as `call`
   */
  open: (call: Call) => Promise<OpenAnswer>
  /** Waits for the calls that run, and makes no others. */
  close: () => Promise<void>
}

/** Room for large answers of actions, and for some hundred of them in memory. */
const RESPONSE_MAX_BYTES = 5 * 1024 * 1024
/** Room for a file in the answer to a webhook. */
const OPEN_MAX_BYTES = 100 * 1024 * 1024

/** Connections are kept between calls; where they lead is checked whenever one is opened. */
export const createRuntime = ({
  allowPrivateHosts,
  responseMaxBytes = RESPONSE_MAX_BYTES,
  openMaxBytes = OPEN_MAX_BYTES,
  resolve,
  deployments = noDeployments,
}: RuntimeOptions): Runtime => {
  const connections = keepConnections(guardedConnect({ allowPrivateHosts, resolve }))
  let isClosed = false
  const targetAt = (url: string): Target => {
    const target = targetOf(url)
    if (isClosed) throw new CallFailure('aborted', `${target.host} was not called any more: this server is closing.`)
    return target
  }
  return {
    call: async ({ url, deployment, headers, body, timeoutMs, signal, onSent }) => {
      const bounds = { timeoutMs, responseMaxBytes, signal, onSent }
      if (deployment) return deployments.call(deployment, { headers, body }, bounds)
      return exchange(connections, { ...targetAt(url), headers, body }, bounds)
    },
    open: async ({ url, deployment, headers, body, timeoutMs, signal, onSent }) => {
      const bounds = { timeoutMs, responseMaxBytes: openMaxBytes, signal, onSent }
      if (deployment) return deployments.open(deployment, { headers, body }, bounds)
      return openExchange(connections, { ...targetAt(url), headers, body }, bounds)
    },
    close: () => {
      isClosed = true
      return connections.close()
    },
  }
}

const refuse = async (): Promise<never> => {
  throw new CallFailure('not-started', 'This process runs no code: it has no RUNTIME_URL of one that does.')
}
const noDeployments: Pick<Deployments, 'call' | 'open'> = { call: refuse, open: refuse }
