import type { NewStandsFor } from '@understudy/contract'
import type { Caller } from './start-api.ts'

export type Credentials = { clientKey: string; clientSecret: string }

/** An API client, issued by somebody who may. @throws with the answer when not */
export const issueClient = async (issuer: Caller, standsFor: NewStandsFor): Promise<Credentials> => {
  const { status, body } = await issuer.call('POST', '/_understudy/api-clients', { standsFor })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as Credentials
}

/** The access token its credentials are worth. @throws with the answer when there is none */
export const tokenFor = async (url: string, credentials: Credentials): Promise<string> => {
  const answer = await fetch(`${url}/v1/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  const { token } = (await answer.json()) as { token?: string }
  if (!token) throw new Error(`authenticate answered ${answer.status}`)
  return token
}
