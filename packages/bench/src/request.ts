import type { Operation } from '@understudy/contract'

/** A request as it goes over the wire. */
export type HttpRequest = {
  method: Operation['method']
  path: string
  headers: Record<string, string>
  body?: string
}

/** Puts an operation's input where it belongs: into the path, then into the query of a GET or the body of anything else. */
export const toRequest = (
  { method, path }: Operation,
  input: Record<string, unknown>,
  headers: Record<string, string>,
): HttpRequest => {
  const rest = { ...input }
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  if (method !== 'GET')
    return {
      method,
      path: filled,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(rest),
    }
  const query = new URLSearchParams(Object.entries(rest).flatMap(([name, value]) => toParameters(name, value)))
  return { method, path: `${filled}${query.size > 0 ? `?${query.toString()}` : ''}`, headers }
}

/** As the official clients write objects: `tags.id=1`. */
const toParameters = (name: string, value: unknown): [string, string][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([member, text]) => [`${name}.${member}`, String(text)])
    : [[name, String(value)]]
