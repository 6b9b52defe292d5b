import type { ClientCredentials, NewStandsFor } from '@understudy/contract'
import type { Place } from './place.ts'

/** An API client, issued as an operator does it: there is no official client that could. */
export const issueClient = async ({ url, token }: Place, standsFor: NewStandsFor): Promise<ClientCredentials> => {
  const answer = await fetch(`${url}/_understudy/api-clients`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ standsFor }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as ClientCredentials
}
