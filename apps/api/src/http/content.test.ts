import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let url: string
let owner: Caller

beforeAll(async () => {
  const api = await startApi()
  url = api.url
  owner = await api.account('owner')
})

/** A request as no well-behaved library would send it. */
const send = async (method: string, path: string, body: Buffer | string, headers: Record<string, string> = {}) => {
  const length = { 'content-length': String(Buffer.byteLength(body)) }
  const sent = request(`${url}${path}`, { method, headers: { ...owner.headers, ...headers, ...length } })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage]
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) as Record<string, unknown> }
}

const JSON_TYPE = { 'content-type': 'application/json' }

test.each([
  ['GET', '{}', JSON_TYPE],
  ['GET', 'whatever', { 'content-type': 'text/plain' }],
])('a %s with the body %j is answered as without', async (method, body, headers) => {
  expect((await send(method, '/v1/chat/users', body, headers)).status).toBe(200)
})

test.each([
  ['{}', JSON_TYPE],
  ['', JSON_TYPE],
  ['{broken', JSON_TYPE],
  ['whatever', { 'content-type': 'text/plain' }],
])('a DELETE with the body %j is answered as without', async (body, headers) => {
  expect((await send('DELETE', '/v1/chat/users/nobody', body, headers)).status).toBe(404)
})

test.each([
  ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), /UTF-8/],
  ['half a surrogate pair', String.raw`{"tags":{},"name":"\ud83d"}`, /surrogate/],
  ['half a surrogate pair in a key', String.raw`{"tags":{"\udc00":"x"}}`, /surrogate/],
  ['a NUL', String.raw`{"tags":{},"name":"\u0000"}`, /NUL/],
  ['a key that reaches for the prototype', '{"tags":{},"__proto__":{"a":1}}', /forbidden key/],
  ['half of an object', '{"tags":{}', /not valid JSON/],
  ['a hundred thousand brackets', `{"tags":${'['.repeat(100_000)}`, /1000 levels/],
  ['a number beyond all numbers', '{"tags":{},"name":1e400}', /out of range/],
  ['a number of four hundred digits', `{"tags":{},"name":-${'9'.repeat(400)}}`, /out of range/],
  ['a number beyond all numbers, in no hurry', `{"tags":{},"name":${'9'.repeat(250)}e0099}`, /out of range/],
  ['three hundred thousand values', `{"tags":[${'0,'.repeat(300_000)}0]}`, /250000 values/],
])('a body with %s is refused', async (_, body, message) => {
  const answer = await send('POST', '/v1/chat/users', body, JSON_TYPE)
  expect(answer).toMatchObject({
    status: 400,
    body: { type: 'InvalidPayload', message: expect.stringMatching(message) },
  })
})

test('an escaped emoji is text like any other', async () => {
  const answer = await send('POST', '/v1/chat/users', String.raw`{"tags":{},"name":"\ud83d\ude00"}`, JSON_TYPE)
  expect(answer.body).toMatchObject({ user: { name: '😀' } })
})

test.each(['gzip', 'deflate', 'br', 'gzip, identity', 'x'])(
  'a body packed as %s is refused, not unpacked',
  async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 0x20))
    const answer = await send('POST', '/v1/chat/users', bomb, { ...JSON_TYPE, 'content-encoding': encoding })
    expect(answer).toMatchObject({
      status: 415,
      body: { type: 'UnsupportedMediaType', message: expect.stringMatching(/Content-Encoding/) },
    })
  },
)

test('a body that says it is not packed is read', async () => {
  const answer = await send('POST', '/v1/chat/users', '{"tags":{}}', { ...JSON_TYPE, 'content-encoding': 'identity' })
  expect(answer.status).toBe(201)
})

test('commas and digits inside of texts do not count', async () => {
  const name = `${','.repeat(100)}1e400${'9'.repeat(90)}`
  const answer = await send('POST', '/v1/chat/users', JSON.stringify({ tags: {}, name }), JSON_TYPE)
  expect(answer.body).toMatchObject({ user: { name } })
})

test('a path that is not properly encoded, or holds a NUL, is refused', async () => {
  for (const path of ['/v1/chat/users/%ff', '/v1/chat/users/%00', '/v1/chat/users?conversationId=%00'])
    expect(await send('GET', path, '')).toMatchObject({ status: 400, body: { code: 400, type: 'InvalidQuery' } })
})

test.each([
  ['what is no HTTP', 'hello\r\n\r\n', 400],
  ['headers beyond all measure', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 431],
  ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
])('%s is answered with an error and hung up on', async (_, bytes, status) => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(JSON.parse(body)).toMatchObject({ code: status, type: 'InvalidPayload', id: expect.stringMatching(/^err_/) })
})

test('a request may have thousands of headers: none is lost', async () => {
  const many = Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`x-${at}`, '']))
  const sent = request(`${url}/v1/chat/users`, { headers: { ...many, ...owner.headers } })
  sent.end()
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage]
  expect(answer.statusCode).toBe(200)
})

test('an expectation nobody knows is ignored', async () => {
  expect((await send('POST', '/v1/chat/users', '{}', { ...JSON_TYPE, expect: 'the unexpected' })).status).toBe(400)
})
