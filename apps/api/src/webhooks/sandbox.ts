import type { WebhookAnswer } from '@understudy/core'
import { isInert } from '../http/send-contents.ts'

/**
 * Pages of integrations come from our address, where a browser keeps what the emulator remembers: keys. So they run in a
 * sandbox, which makes them strangers here. All that a landing page or a wizard does it may do: scripts, forms, windows,
 * going on to somewhere else. It has no cookies and no storage that it could read.
 */
const SANDBOX =
  'sandbox allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads allow-top-navigation-by-user-activation'

const POLICY = 'content-security-policy'

/** The headers of an integration's answer, and beside its own policy, ours: a browser heeds both. */
export const sandboxed = ({ headers }: WebhookAnswer): WebhookAnswer['headers'] => {
  if (isInert(String(headers['content-type'] ?? ''))) return headers
  return { ...headers, [POLICY]: [headers[POLICY] ?? [], SANDBOX].flat() }
}
