import type { CallAnswer } from '@understudy/runtime'

/** What lets somebody in, or was said in confidence: it is never kept. */
const SECRET =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-bp-configuration|x-api-key)$|secret|token|password/i

const REDACTED = '[redacted]'

/** As much as is kept of what went one way, in bytes. */
const KEPT_BYTES = 16 * 1024

const kept = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET.test(name) ? REDACTED : value]))

const beginning = (text: string, sizeBytes: number): string => {
  const bytes = Buffer.from(text)
  return bytes.length > sizeBytes ? `${bytes.subarray(0, sizeBytes).toString()}…` : text
}

/** What is kept of a side: no secrets, at most 16 KB. */
const record = <T extends object>(about: T, headers: Readonly<Record<string, string>>, body: string) => {
  const head = { ...about, headers: kept(headers) }
  return { ...head, body: beginning(body, Math.max(0, KEPT_BYTES - Buffer.byteLength(JSON.stringify(head)))) }
}

export const recordOfRequest = ({
  url,
  headers,
  body,
}: {
  url: string
  headers: Record<string, string>
  body: string
}) => record({ url }, headers, body)

export const recordOfAnswer = ({ status, headers, body }: CallAnswer) => record({ status }, headers, body)
