import type { ClientCredentials, InputOf, oauth2Operations } from '@understudy/contract'
import { invalidPayload, unauthorized } from '@understudy/core'
import { OAuth2Refusal } from './oauth2-error.ts'

type TokenRequest = InputOf<typeof oauth2Operations.createAccessToken>['body']

/**
 * Which API client asks for a token, and with what secret.
 * @param authorization HTTP Basic, instead of the two fields of the body
 * @throws what is wrong with the request, in the terms of RFC 6749 §5.2
 */
export const credentialsOf = (authorization: string | undefined, request: TokenRequest): ClientCredentials => {
  if (request.grant_type !== 'client_credentials')
    throw new OAuth2Refusal('unsupported_grant_type', 'grant_type: only client_credentials is supported')
  if (request.scope !== undefined)
    throw new OAuth2Refusal('invalid_scope', 'scope: there are none, a token may do what its client stands for')
  const { client_id: clientKey, client_secret: clientSecret } = request
  if (authorization === undefined) {
    if (clientKey === undefined || clientSecret === undefined)
      throw unauthorized('client_id and client_secret are missing, and there is no Basic authorization.')
    return { clientKey, clientSecret }
  }
  const basic = basicCredentials(authorization)
  if (clientSecret !== undefined || (clientKey !== undefined && clientKey !== basic.clientKey))
    throw invalidPayload('client_id', 'the client must authenticate only once, in the header or in the body')
  return basic
}

/** @throws Unauthorized for anything but Basic with a key and a secret */
const basicCredentials = (authorization: string): ClientCredentials => {
  const [, encoded = ''] = /^basic +([\w+/=-]+)$/i.exec(authorization) ?? []
  const [, key, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  const [clientKey, clientSecret] = [formDecoded(key), formDecoded(secret)]
  if (!clientKey || !clientSecret) throw unauthorized('The header Authorization has to be Basic, with key and secret.')
  return { clientKey, clientSecret }
}

/** Both halves are written as in a form before they are joined (RFC 6749 §2.3.1). */
const formDecoded = (text = ''): string => new URLSearchParams(`_=${text.replaceAll('&', '%26')}`).get('_') ?? ''
