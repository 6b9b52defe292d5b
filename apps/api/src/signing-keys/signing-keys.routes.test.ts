import { type SigningKeyPair, signAccessToken } from '@understudy/auth'
import { newUuid } from '@understudy/core'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { type Credentials, issueClient, tokenFor } from '../testing/access-token.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

const HOUR_MS = 3_600_000

let api: Awaited<ReturnType<typeof startApi>>
let administrator: Caller
let client: Credentials
let second: string

beforeAll(async () => {
  api = await startApi()
  administrator = await api.account('administrator')
  client = await issueClient(administrator, { kind: 'bot', botId: api.home.botId })
  const app = await buildApp(api.platform, pino({ level: 'silent' }))
  afterAll(() => app.close())
  second = await app.listen({ host: '127.0.0.1', port: 0 })
})

const kids = async (): Promise<string[]> => {
  const answer = await fetch(`${api.url}/.well-known/jwks.json`)
  return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
}
const rotate = async () => {
  const { status, body } = await administrator.call('POST', '/_understudy/signing-keys/rotate')
  expect(status).toBe(200)
  return (body['key'] as { kid: string }).kid
}
const kidOf = (token: string) => decodeProtectedHeader(token).kid
const status = async (token: string) => (await api.caller(token).call('GET', '/v1/chat/users')).status
const signingKey = () => api.platform.db.prisma.signingKey

test('there is no key before the first token, and one however many ask for theirs at once', async () => {
  expect(await kids()).toEqual([])
  const tokens = await Promise.all(
    Array.from({ length: 30 }, (_, n) => tokenFor(n % 2 === 0 ? api.url : second, client)),
  )
  expect(await kids()).toEqual([...new Set(tokens.map(kidOf))])
  expect(new Set(tokens).size).toBe(tokens.length)
})

test('anybody can verify a token with the published keys, and learns no private one', async () => {
  const token = await tokenFor(api.url, client)
  const keys = createRemoteJWKSet(new URL(`${api.url}/.well-known/jwks.json`))
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer: 'understudy', audience: 'understudy' })
  expect(payload).toMatchObject({ sub: client.clientKey, client_id: client.clientKey, jti: expect.any(String) })
  expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
  const published = await (await fetch(`${api.url}/.well-known/jwks.json`)).text()
  expect(published).not.toContain('"d"')
})

test('the private key is sealed in the database', async () => {
  await tokenFor(api.url, client)
  const { sealedPrivateKey } = await signingKey().findFirstOrThrow({ where: { retiredAt: null } })
  expect(Buffer.from(sealedPrivateKey).toString('latin1')).not.toContain('"d"')
  expect(JSON.parse(api.platform.secrets.open(sealedPrivateKey))).toMatchObject({ d: expect.any(String) })
})

test('after a rotation new tokens are signed with the new key, and old ones are still good', async () => {
  const old = await tokenFor(api.url, client)
  const kid = await rotate()
  const fresh = await tokenFor(second, client)
  expect(kidOf(fresh)).toBe(kid)
  expect(kidOf(old)).not.toBe(kid)
  expect(await kids()).toEqual(expect.arrayContaining([kid, kidOf(old)]))
  expect([await status(old), await status(fresh)]).toEqual([200, 200])
})

test('rotations at the same moment leave one key that signs', async () => {
  const made = await Promise.all([1, 2, 3, 4].map(rotate))
  expect(await signingKey().count({ where: { retiredAt: null } })).toBe(1)
  expect(made).toContain(kidOf(await tokenFor(api.url, client)))
})

test('a key is dropped once every token it may have signed has expired, even if somebody else has it', async () => {
  const kid = kidOf(await tokenFor(api.url, client)) ?? ''
  const { publicKey, sealedPrivateKey } = await signingKey().findUniqueOrThrow({ where: { kid } })
  const stolen = { publicKey, privateKey: JSON.parse(api.platform.secrets.open(sealedPrivateKey)) } as SigningKeyPair
  const forge = () => {
    const expiresAt = new Date(Date.now() + 1000 * HOUR_MS)
    const claims = { clientId: client.clientKey, tokenId: newUuid(), issuedAt: new Date(), expiresAt }
    return signAccessToken(claims, stolen)
  }
  await rotate()
  const retireAgo = (ms: number) =>
    signingKey().update({ where: { kid }, data: { retiredAt: new Date(Date.now() - ms) } })
  await retireAgo(HOUR_MS)
  expect(await kids()).toContain(kid)
  expect(await status(await forge())).toBe(200)
  await retireAgo(HOUR_MS + 120_000)
  expect(await kids()).not.toContain(kid)
  expect(await status(await forge())).toBe(401)
  await rotate()
  expect(await signingKey().count({ where: { kid } })).toBe(0)
})
