import { OperatorError } from './operator-error.ts'

/** Sends a request and answers the body. @throws OperatorError with what the server says, or that there is none */
export type Server = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>

export const serverAt =
  ({ url, token, headers }: { url: string; token: string; headers?: Record<string, string> }): Server =>
  async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new OperatorError(`No server answers at ${url}: start it, or set BP_API_URL.`)
    })
    const told = (await answer.json().catch(() => ({}))) as { message?: string }
    if (!answer.ok) throw new OperatorError(told.message ?? `${url} answered ${answer.status}.`)
    return told
  }
