import type { SigningKey } from '@understudy/contract'
import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'

/** A key: what everybody may see, and what must be sealed before it is stored. */
export type SigningKeyPair = { publicKey: SigningKey; privateKey: JWK }

/** What an access token says; what its client may do is looked up each time, so that no token outlives a right. */
export type AccessTokenClaims = { clientId: string; tokenId: string; issuedAt: Date; expiresAt: Date }

const ALGORITHM = 'ES256'

/** RFC 9068. It also tells these tokens from any other text somebody may have chosen as a personal access token. */
const TYPE = 'at+jwt'

/** What ids of keys and clients are made of; an unproven one is looked up. */
const ID = /^[\w-]{1,64}$/

/** Issuer and audience: the key says which server it was, and addresses change. */
const SERVER = 'understudy'

export const makeKeyPair = async (): Promise<SigningKeyPair> => {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true })
  const publicKey = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicKey)
  return {
    publicKey: { ...publicKey, kid, use: 'sig', alg: ALGORITHM } as SigningKey,
    privateKey: await exportJWK(pair.privateKey),
  }
}

export const signAccessToken = async (
  { clientId, tokenId, issuedAt, expiresAt }: AccessTokenClaims,
  { publicKey, privateKey }: SigningKeyPair,
): Promise<string> =>
  new SignJWT({ client_id: clientId })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: publicKey.kid })
    .setIssuer(SERVER)
    .setAudience(SERVER)
    .setSubject(clientId)
    .setJti(tokenId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(await importJWK(privateKey, ALGORITHM))

/** Which client an access token names and which key it was signed with, both unproven; undefined for any other text. */
export const readAccessToken = (token: string): { kid: string; clientId: string } | undefined => {
  try {
    const { typ, kid } = decodeProtectedHeader(token)
    const { sub } = decodeJwt(token)
    return typ === TYPE && kid && sub && ID.test(kid) && ID.test(sub) ? { kid, clientId: sub } : undefined
  } catch {
    return undefined
  }
}

/** Whether this key signed this access token, and it has not expired. */
export const isGenuine = async (token: string, key: SigningKey, now: Date): Promise<boolean> => {
  try {
    await jwtVerify(token, await importJWK(key, ALGORITHM), {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: SERVER,
      audience: SERVER,
      requiredClaims: ['sub', 'exp'],
      currentDate: now,
    })
    return true
  } catch (error) {
    if (error instanceof errors.JOSEError) return false
    throw error
  }
}
