import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import type { OpenAnswer } from '@understudy/runtime'
import { runtimeError } from '../errors.ts'

/** A request from the outside world, as it came in. */
export type WebhookRequest = {
  method: string
  /** what stands behind the address of the webhook, still percent-encoded; at least `/` */
  path: string
  /** without the question mark */
  query: string
  headers: Record<string, string>
  body: Buffer | undefined
}

/** What goes back to it; the body has to be read, or destroyed. */
export type WebhookAnswer = { status: number; headers: Record<string, string | string[]>; body: Readable }

/** The request as an integration reads it: bytes that are no text go as Base64, which is marked. */
export const requestFor = ({ body, ...request }: WebhookRequest) => {
  if (!body) return request
  return isUtf8(body)
    ? { ...request, body: body.toString() }
    : { ...request, body: body.toString('base64'), isBase64Encoded: true }
}

/** They are about one connection, or made anew for the next. */
const HOP_BY_HOP = new Set([
  'connection',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** What cannot be sent on as a header. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/

/** What the integration answered, without what is meant for this server alone. @throws Runtime for a status that is none */
export const answerFor = ({ status, headers, cookies, body }: OpenAnswer): WebhookAnswer => {
  if (status < 200 || status > 599) throw runtimeError(`The integration answered with the status ${status}.`)
  const kept = Object.entries(headers).filter(
    ([name, value]) =>
      !HOP_BY_HOP.has(name) && name !== 'set-cookie' && !name.startsWith('x-bp-') && !UNSENDABLE.test(value),
  )
  const sendable = cookies.filter((cookie) => !UNSENDABLE.test(cookie))
  return {
    status,
    headers: { ...Object.fromEntries(kept), ...(sendable.length > 0 ? { 'set-cookie': sendable } : {}) },
    body,
  }
}
