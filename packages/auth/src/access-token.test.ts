import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { isGenuine, makeKeyPair, readAccessToken, type SigningKeyPair, signAccessToken } from './access-token.ts'

const NOW = new Date('2026-03-01T12:00:00.000Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const claims = { clientId: 'client_x', tokenId: 'token', issuedAt: NOW, expiresAt: later(60) }

let key: SigningKeyPair
let token: string

beforeAll(async () => {
  key = await makeKeyPair()
  token = await signAccessToken(claims, key)
})

test('a token names its client and its key, and is genuine until it expires', async () => {
  expect(readAccessToken(token)).toEqual({ kid: key.publicKey.kid, clientId: 'client_x' })
  expect(await isGenuine(token, key.publicKey, NOW)).toBe(true)
  expect(await isGenuine(token, key.publicKey, later(59))).toBe(true)
  expect(await isGenuine(token, key.publicKey, later(60))).toBe(false)
})

test('the public half of a key says nothing of the private one', () => {
  expect(Object.keys(key.publicKey).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
})

test('another key, another payload and another signature are found out', async () => {
  const other = await makeKeyPair()
  expect(await isGenuine(token, other.publicKey, NOW)).toBe(false)
  const [header, payload, signature] = token.split('.')
  const forged = Buffer.from(JSON.stringify({ ...decodeJwt(token), sub: 'client_y' })).toString('base64url')
  expect(await isGenuine(`${header}.${forged}.${signature}`, key.publicKey, NOW)).toBe(false)
  expect(await isGenuine(`${header}.${payload}.`, key.publicKey, NOW)).toBe(false)
  expect(await isGenuine(`${header}.${payload}.%`, key.publicKey, NOW)).toBe(false)
})

test('a token without a signature, or signed with the public key as if it were a password, is worth nothing', async () => {
  const subject = { sub: 'client_x' }
  const times = (jwt: SignJWT | UnsecuredJWT) => jwt.setExpirationTime(later(60)).setIssuer('understudy')
  const unsecured = times(new UnsecuredJWT(subject)).setAudience('understudy') as UnsecuredJWT
  expect(await isGenuine(unsecured.encode(), key.publicKey, NOW)).toBe(false)
  const confused = times(new SignJWT(subject)).setAudience('understudy') as SignJWT
  confused.setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: key.publicKey.kid })
  const password = new TextEncoder().encode(JSON.stringify(key.publicKey))
  expect(await isGenuine(await confused.sign(password), key.publicKey, NOW)).toBe(false)
})

test('ids that no column can hold name nobody', () => {
  const [, claimed] = new UnsecuredJWT({ sub: 'client_\0' }).encode().split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: 'x' })).toString('base64url')
  expect(readAccessToken(`${header}.${claimed}.x`)).toBeUndefined()
})

test.each(['', 'bp_pat_x', 'a.b.c', 'eyJhbGciOiJFUzI1NiJ9.e30.x', '..'])('%j is no access token', (text) => {
  expect(readAccessToken(text)).toBeUndefined()
})
