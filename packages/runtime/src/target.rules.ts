import { CallFailure } from './call-failure.ts'

export type Target = {
  /** scheme, host and port: what shares connections */
  origin: string
  /** path and query */
  path: string
  /** as a sentence may name it: host and port without scheme, path or query */
  host: string
}

/**
 * Where a URL leads. The parser is the web's own: it writes every odd spelling of an IPv4 address (`127.1`, `0x7f.1`,
 * `2130706433`, full-width digits) in the usual way, so that the address that is checked later is the one that is meant.
 * @throws CallFailure `bad-url` for what is not plain http(s)
 */
export const targetOf = (text: string): Target => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new CallFailure('bad-url', 'The URL must be one that starts with http:// or https://.')
  if (url.username !== '' || url.password !== '')
    throw new CallFailure('bad-url', 'The URL must not carry a user name or a password.')
  if (url.port === '0') throw new CallFailure('bad-url', 'The URL must not name port 0.')
  return { origin: url.origin, path: `${url.pathname}${url.search}`, host: url.host }
}
