/** What the server answered instead of what was asked for. */
export class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

/** Everything else is below the address of this page. */
const below = (path) => `${location.pathname}/${path}`

/**
 * Asks the server, as whoever has this key.
 * @param {{ key: string, body?: object, headers?: object, signal?: AbortSignal }} what
 * @throws {Refused} with the server's own sentence; TypeError when it cannot be reached
 */
export const request = async (path, { key, body, headers, signal }) => {
  const answer = await fetch(below(path), {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
    signal,
    cache: 'no-store',
  })
  if (answer.ok) return answer
  const { message } = await answer.json().catch(() => ({}))
  throw new Refused(answer.status, message ?? `The server answered ${answer.status}.`)
}
