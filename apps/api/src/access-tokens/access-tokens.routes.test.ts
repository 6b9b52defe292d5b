import { makeKeyPair, type SigningKeyPair, signAccessToken } from '@understudy/auth'
import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Credentials, issueClient, tokenFor } from '../testing/access-token.ts'
import { movingClock } from '../testing/moving-clock.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const YEAR_MS = 365 * 86_400_000
const clock = movingClock()

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller
let botId: string
let emulator: string
/** Another bot of the same workspace, with the same integration. */
let otherBot: string
let crow: string

beforeAll(async () => {
  api = await startApi({ clock })
  developer = await api.account('developer')
  botId = api.home.botId
  emulator = api.home.emulatorIntegrationId
  const admin = await api.owner()
  crow = (await createIntegration(admin, { name: 'crow', version: '1.0.0' })).id
  otherBot = ((await developer.call('POST', '/v1/admin/bots', {})).body['bot'] as { id: string }).id
  const twice = {
    twin: { integrationId: emulator, enabled: true },
    crow: { integrationId: crow, enabled: true },
  }
  await updateBot(admin, botId, { integrations: twice }, 'alias')
  await updateBot(admin, otherBot, { integrations: { emulator: { integrationId: emulator, enabled: true } } }, 'alias')
})

const bearer = async (credentials: Credentials, headers: Record<string, string> = {}) =>
  api.caller(await tokenFor(api.url, credentials), headers)
const clientOf = (standsFor: Parameters<typeof issueClient>[1]) => issueClient(developer, standsFor)
const authenticate = (credentials: object) => api.caller('').call('POST', '/v1/authenticate', credentials)
const users = (caller: Caller) => caller.call('GET', '/v1/chat/users')
/** The same token with other headers. */
const wearing = ({ headers }: Caller, worn: Record<string, string>) =>
  api.caller(headers['authorization']?.slice('Bearer '.length) ?? '', worn)
const told = ({ body }: Answer) => ({ code: body['code'], message: String(body['message']) })
const nowhere = (id: string) => ({ code: 404, message: expect.stringMatching(new RegExp(`"${id}" not found$`)) })

test('the answer is a token and when it expires, in milliseconds since 1970 by the wall clock, and is not to be stored', async () => {
  const credentials = await clientOf({ kind: 'bot', botId })
  const before = Date.now()
  const { status, headers, body } = await authenticate(credentials)
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['token', 'expiresIn'])
  expect(Math.abs((body['expiresIn'] as number) - before - 3_600_000)).toBeLessThan(60_000)
  expect(headers.get('cache-control')).toBe('no-store')
})

test('an unknown key, a wrong secret and a revoked client are told the same', async () => {
  const { clientKey, clientSecret } = await clientOf({ kind: 'bot', botId })
  const revoked = await clientOf({ kind: 'bot', botId })
  await developer.call('DELETE', `/_understudy/api-clients/${revoked.clientKey}`)
  const other = await clientOf({ kind: 'bot', botId })
  const answers = await Promise.all(
    [
      { clientKey: 'client_unknown', clientSecret },
      { clientKey, clientSecret: 'wrong' },
      { clientKey, clientSecret: other.clientSecret },
      { clientKey, clientSecret: clientSecret.slice(0, -1) },
      revoked,
    ].map(authenticate),
  )
  for (const { status, body } of answers) {
    expect({ status, ...body, id: '' }).toEqual({ ...answers[0]?.body, id: '', status: 401 })
    expect(body).toMatchObject({ type: 'Unauthorized' })
  }
})

describe('the token of a bot’s client', () => {
  test('acts as that bot, named or not, and opens no other', async () => {
    const bot = await bearer(await clientOf({ kind: 'bot', botId }))
    expect((await users(bot)).status).toBe(200)
    expect((await users(wearing(bot, { 'x-bot-id': botId }))).status).toBe(200)
    for (const foreign of [otherBot, newUuid()])
      expect(told(await users(wearing(bot, { 'x-bot-id': foreign })))).toEqual(nowhere(foreign))
  })

  test('is no account and no integration', async () => {
    const bot = await bearer(await clientOf({ kind: 'bot', botId }))
    expect((await bot.call('POST', '/v1/admin/bots', {})).status).toBe(403)
    expect((await bot.call('GET', '/_understudy/api-clients')).status).toBe(403)
    expect((await users(wearing(bot, { 'x-integration-id': emulator }))).status).toBe(403)
  })
})

describe('the token of an installation’s client', () => {
  const installation = { kind: 'installation', integrationAlias: 'emulator' } as const

  test('acts as exactly that installation, with or without headers that say so', async () => {
    const parrot = await bearer(await clientOf({ ...installation, botId }))
    const { user } = (await parrot.call('POST', '/v1/chat/users', { tags: { id: 'ann' } })).body as {
      user: { id: string }
    }
    for (const worn of [
      {},
      { 'x-bot-id': botId },
      { 'x-bot-id': botId, 'x-integration-id': emulator },
      { 'x-integration-alias': 'emulator' },
      { 'x-bot-id': botId, 'x-integration-id': emulator, 'x-integration-alias': 'emulator' },
    ] as Record<string, string>[]) {
      const found = await wearing(parrot, worn).call('GET', `/v1/chat/users/${user.id}`)
      expect(found.body['user'], JSON.stringify(worn)).toMatchObject({ tags: { id: 'ann' } })
    }
  })

  test('finds no other installation, not even of the same integration, and no other bot', async () => {
    const parrot = await bearer(await clientOf({ ...installation, botId }))
    const twin = await bearer(await clientOf({ kind: 'installation', botId, integrationAlias: 'twin' }))
    const { user } = (await twin.call('POST', '/v1/chat/users', { tags: {} })).body as { user: { id: string } }
    expect(told(await parrot.call('GET', `/v1/chat/users/${user.id}`))).toEqual(nowhere(user.id))
    expect(told(await users(wearing(parrot, { 'x-integration-alias': 'twin' })))).toEqual(nowhere('twin'))
    expect(told(await users(wearing(parrot, { 'x-integration-id': crow })))).toEqual(nowhere(crow))
    expect(told(await users(wearing(parrot, { 'x-bot-id': otherBot })))).toEqual(nowhere(otherBot))
    const introspect = (id: string) => parrot.call('POST', '/v1/admin/introspect', { botId: id })
    expect((await introspect(botId)).body).toMatchObject({ botId })
    expect((await introspect(otherBot)).body).toMatchObject({ type: 'ReferenceNotFound' })
    // A key of the integration itself reaches all of these.
    const key = await api.integration(emulator, otherBot)
    expect((await users(key)).status).toBe(200)
  })

  test('is refused while the integration is not installed, and good again once it is', async () => {
    const admin = await api.owner()
    const install = (emulatorToo: object | null) =>
      updateBot(admin, otherBot, { integrations: { emulator: emulatorToo as never } }, 'alias')
    const credentials = await clientOf({ ...installation, botId: otherBot })
    const parrot = await bearer(credentials)
    const status = async () => (await users(parrot)).status
    await install(null)
    await expect.poll(status, { timeout: 1000, interval: 20 }).toBe(401)
    expect((await authenticate(credentials)).status).toBe(401)
    await install({ integrationId: emulator, enabled: true })
    await expect.poll(status, { timeout: 1000, interval: 20 }).toBe(200)
    expect((await authenticate(credentials)).status).toBe(200)
  })
})

test('the token of an account’s client is as good as one of its personal access tokens', async () => {
  const account = await bearer(await clientOf({ kind: 'account' }), { 'x-bot-id': botId })
  const me = (caller: Caller) => caller.call('GET', '/v1/admin/account/me')
  expect((await me(account)).body).toEqual((await me(developer)).body)
  expect((await account.call('GET', '/v1/admin/bots')).status).toBe(200)
  expect((await users(wearing(account, { 'x-bot-id': botId, 'x-integration-id': crow }))).status).toBe(200)
  expect((await account.call('POST', '/v1/admin/account/pats', { note: '' })).status).toBe(200)
  const { botId: foreign } = await api.neighbour()
  expect(told(await users(wearing(account, { 'x-bot-id': foreign })))).toEqual(nowhere(foreign))
})

test('what its bot loses, a token loses: a deleted bot leaves it worthless', async () => {
  const { id } = (await developer.call('POST', '/v1/admin/bots', {})).body['bot'] as { id: string }
  const bot = await bearer(await clientOf({ kind: 'bot', botId: id }))
  expect((await users(bot)).status).toBe(200)
  await developer.call('DELETE', `/v1/admin/bots/${id}`)
  await expect.poll(async () => (await users(bot)).status, { timeout: 1000, interval: 20 }).toBe(401)
})

describe('a token is good', () => {
  /** A token as the server would make it, but of our own making. */
  const forge = async ({ change = {}, key }: { change?: object; key?: SigningKeyPair } = {}) => {
    const { clientKey } = await clientOf({ kind: 'bot', botId })
    const [now, soon] = [new Date(), new Date(Date.now() + 60_000)]
    const claims = { clientId: clientKey, tokenId: newUuid(), issuedAt: now, expiresAt: soon, ...change }
    return (await users(api.caller(await signAccessToken(claims, key ?? (await currentKey()))))).status
  }
  const currentKey = async (): Promise<SigningKeyPair> => {
    await tokenFor(api.url, await clientOf({ kind: 'bot', botId }))
    const { db, secrets } = api.platform
    const { publicKey, sealedPrivateKey } = await db.prisma.signingKey.findFirstOrThrow({ where: { retiredAt: null } })
    return { publicKey, privateKey: JSON.parse(secrets.open(sealedPrivateKey)) } as SigningKeyPair
  }

  test('until it expires, by the wall clock', async () => {
    expect(await forge()).toBe(200)
    expect(await forge({ change: { expiresAt: new Date(Date.now() - 1000) } })).toBe(401)
  })

  test('whatever the server’s clock shows', async () => {
    const bot = await bearer(await clientOf({ kind: 'bot', botId }))
    clock.advance(YEAR_MS)
    expect((await users(bot)).status).toBe(200)
    expect((await users(await bearer(await clientOf({ kind: 'bot', botId })))).status).toBe(200)
  })

  test('only when a key of this server signed it, for a client of this server', async () => {
    const stranger = await makeKeyPair()
    expect(await forge({ key: stranger })).toBe(401)
    const { publicKey } = await currentKey()
    expect(await forge({ key: { publicKey, privateKey: stranger.privateKey } })).toBe(401)
    expect(await forge({ change: { clientId: 'client_unknown' } })).toBe(401)
  })
})
