import { database } from '@understudy/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueClient } from './issue-client.ts'
import { settleIn } from './journey.ts'
import type { Place } from './place.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const VERSION = '1.45.0'
const REVOKED_WITHIN_MS = 1000

let servers: Understudy[] = []
let home: Awaited<ReturnType<typeof settleIn>>
let here: Place
let elsewhere: Place

beforeAll(async () => {
  const { url } = await database()
  servers = [await startUnderstudy(url), await startUnderstudy(url)]
  const [first, second] = servers as [Understudy, Understudy]
  here = first.place
  elsewhere = second.place
  home = await settleIn(VERSION, here)
})
afterAll(() => Promise.all(servers.map(({ stop }) => stop())))

/** What the other process says to somebody who shows this. */
type Opens = () => Promise<number>

const withToken =
  (token: string): Opens =>
  async () => {
    const headers = { authorization: `Bearer ${token}`, 'x-bot-id': home.botId }
    return (await fetch(`${elsewhere.url}/v1/chat/users`, { headers })).status
  }

type Credentials = Awaited<ReturnType<typeof issueClient>>

const authenticate = (credentials: Credentials): Promise<Response> =>
  fetch(`${elsewhere.url}/v1/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
const grant = ({ clientKey, clientSecret }: Credentials): Promise<Response> =>
  fetch(`${elsewhere.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientKey,
      client_secret: clientSecret,
    }),
  })
const tokenOf = async (credentials: Credentials) =>
  ((await (await authenticate(credentials)).json()) as { token: string }).token

const revokeClient = async ({ clientKey }: Credentials) => {
  const answer = await fetch(`${here.url}/_understudy/api-clients/${clientKey}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${here.token}` },
  })
  expect(answer.status).toBe(200)
}
const botClient = () => issueClient(here, { kind: 'bot', botId: home.botId })

test.each<[string, () => Promise<{ opens: Opens; revoke: () => Promise<unknown> }>]>([
  [
    'a personal access token',
    async () => {
      const { pat } = await home.admin.createPersonalAccessToken({ note: '' })
      return { opens: withToken(pat.value), revoke: () => home.admin.deletePersonalAccessToken({ id: pat.id }) }
    },
  ],
  [
    'a bot key',
    async () => {
      const { id, value } = await home.admin.createBotApiKey({ botId: home.botId })
      return { opens: withToken(value), revoke: () => home.admin.deleteBotApiKey({ id }) }
    },
  ],
  [
    'an integration key',
    async () => {
      const { id, value } = await home.admin.createIntegrationApiKey({ integrationId: home.integrationId })
      return { opens: withToken(value), revoke: () => home.admin.deleteIntegrationApiKey({ id }) }
    },
  ],
  [
    'an API client',
    async () => {
      const client = await botClient()
      return { opens: async () => (await authenticate(client)).status, revoke: () => revokeClient(client) }
    },
  ],
  [
    'an API client that speaks OAuth2',
    async () => {
      const client = await botClient()
      return { opens: async () => (await grant(client)).status, revoke: () => revokeClient(client) }
    },
  ],
  ...(['bot', 'installation', 'account'] as const).map(
    (kind): [string, () => Promise<{ opens: Opens; revoke: () => Promise<unknown> }>] => [
      `the access token of an API client for a ${kind}`,
      async () => {
        const { botId, integrationName: integrationAlias } = home
        const client = await issueClient(here, { kind, botId, integrationAlias })
        return { opens: withToken(await tokenOf(client)), revoke: () => revokeClient(client) }
      },
    ],
  ),
  [
    'the access token for a bot that is deleted',
    async () => {
      const { bot } = await home.admin.createBot({})
      const token = await tokenOf(await issueClient(here, { kind: 'bot', botId: bot.id }))
      const headers = { authorization: `Bearer ${token}`, 'x-bot-id': bot.id }
      return {
        opens: async () => (await fetch(`${elsewhere.url}/v1/chat/users`, { headers })).status,
        revoke: () => home.admin.deleteBot({ id: bot.id }),
      }
    },
  ],
])('%s, once revoked, is refused by another process within a second', async (_, issue) => {
  const { opens, revoke } = await issue()
  expect(await opens()).toBe(200)
  await revoke()
  await expect.poll(opens, { timeout: REVOKED_WITHIN_MS, interval: 20 }).toBe(401)
})
