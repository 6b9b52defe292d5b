import { beforeAll, expect, test } from 'vitest'
import { type Credentials, issueClient } from '../testing/access-token.ts'
import { startApi } from '../testing/start-api.ts'

const FORM = 'application/x-www-form-urlencoded'

let api: Awaited<ReturnType<typeof startApi>>
let client: Credentials

beforeAll(async () => {
  api = await startApi()
  client = await issueClient(await api.account('developer'), { kind: 'bot', botId: api.home.botId })
})

const send = async (body: string | Buffer, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${api.url}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': FORM, ...headers },
    body,
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> }
}
/** A form with the client's credentials in it, changed: undefined leaves a field out. */
const form = (change: Record<string, string | undefined> = {}) => {
  const { clientKey: client_id, clientSecret: client_secret } = client
  const fields = Object.entries({ grant_type: 'client_credentials', client_id, client_secret, ...change })
  return new URLSearchParams(fields.filter((field): field is [string, string] => field[1] !== undefined)).toString()
}
const bare = { client_id: undefined, client_secret: undefined }
const basic = (key: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
})
const everyByteEscaped = (text: string) => text.replaceAll(/./g, (char) => `%${char.charCodeAt(0).toString(16)}`)
const opens = async (token: unknown) => (await api.caller(String(token)).call('GET', '/v1/chat/users')).status === 200

test('a form with key and secret is worth a bearer token, its seconds, and the order not to store it', async () => {
  const { status, headers, body } = await send(form())
  expect(status).toBe(200)
  expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600 })
  expect(await opens(body['access_token'])).toBe(true)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('pragma')).toBe('no-cache')
})

test('the client may say who it is by HTTP Basic instead, escaped or not', async () => {
  const { clientKey, clientSecret } = client
  for (const authorization of [
    basic(clientKey, clientSecret),
    basic(everyByteEscaped(clientKey), everyByteEscaped(clientSecret)),
  ]) {
    const { body } = await send(form(bare), authorization)
    expect(await opens(body['access_token'])).toBe(true)
  }
  expect((await send(form({ client_secret: undefined }), basic(clientKey, clientSecret))).status).toBe(200)
})

test('fields nobody knows are ignored, empty ones count as left out', async () => {
  expect((await send(form({ audience: 'x', scope: '' }))).status).toBe(200)
})

test.each([
  ['no grant type', { grant_type: undefined }, 400, 'invalid_request', /^grant_type: /],
  ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', /client_credentials/],
  ['a scope', { scope: 'everything' }, 400, 'invalid_scope', /^scope: /],
  ['no client', bare, 401, 'invalid_client', /client_id/],
  ['no secret', { client_secret: undefined }, 401, 'invalid_client', /client_secret/],
  ['an unknown client', { client_id: 'client_unknown' }, 401, 'invalid_client', /not known/],
  ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', /not known/],
  ['an id no column can hold', { client_id: 'client_\0' }, 400, 'invalid_request', /./],
])('%s is refused in the words of RFC 6749', async (_, change, status, error, description) => {
  const answer = await send(form(change))
  expect(answer.body).toEqual({ error, error_description: expect.stringMatching(description) })
  expect(answer.body['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  expect(answer.status).toBe(status)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('www-authenticate')).toBeNull()
})

test.each(['Basic', 'Basic !', `Basic ${Buffer.from('key-alone').toString('base64')}`, 'Bearer bp_pat_x'])(
  'the header %j is refused, and told which kind is wanted',
  async (authorization) => {
    const { status, headers, body } = await send(form(bare), { authorization })
    expect([status, body['error']]).toEqual([401, 'invalid_client'])
    expect(headers.get('www-authenticate')).toMatch(/^Basic /)
  },
)

test('a client that says twice who it is is refused, whatever it says', async () => {
  const twice = await send(form(), basic(client.clientKey, client.clientSecret))
  expect([twice.status, twice.body['error']]).toEqual([400, 'invalid_request'])
  const other = await send(form({ client_id: 'client_other', client_secret: undefined }), basic(client.clientKey, 'x'))
  expect([other.status, other.body['error']]).toEqual([400, 'invalid_request'])
})

test.each([
  ['a field that comes twice', () => `${form()}&client_id=x`, {}],
  ['JSON', () => JSON.stringify({ grant_type: 'client_credentials' }), { 'content-type': 'application/json' }],
  ['text', () => form(), { 'content-type': 'text/plain' }],
  ['bytes that are no text', () => Buffer.from([0xff, 0xfe]), {}],
  ['nothing', () => '', {}],
])('%s is an invalid request', async (_, body, headers) => {
  const answer = await send(body(), headers)
  expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request'])
})

test('a form larger than any is refused before it is read', async () => {
  const answer = await send(form({ client_secret: 'x'.repeat(2_000_000) }))
  expect([answer.status, answer.body['error']]).toEqual([413, 'invalid_request'])
})

test('forms are for this route alone', async () => {
  const answer = await api.caller('', { 'content-type': FORM }).call('POST', '/v1/authenticate', form())
  expect(answer.body).toMatchObject({ code: 415, type: 'UnsupportedMediaType' })
})

test('another method is answered with the one there is', async () => {
  const answer = await api.caller('').call('GET', '/oauth2/token')
  expect(answer.body).toMatchObject({ code: 405, type: 'MethodNotFound' })
  expect(answer.headers.get('allow')).toBe('POST')
})
