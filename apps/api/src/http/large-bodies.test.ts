import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { buffer, json } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

const MB = 1024 * 1024
const BOTS = '/v1/admin/bots'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

type Headers = Record<string, string>

/** A request of which not everything has been sent yet. */
const begin = (headers: Headers, path = BOTS): ClientRequest =>
  request(`${api.url}${path}`, {
    method: 'POST',
    agent: false,
    headers: { ...owner.headers, 'content-type': 'application/json', ...headers },
  })
const answerTo = async (sent: ClientRequest) => {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, headers: answer.headers, body: (await json(answer)) as Record<string, unknown> }
}
const upload = (body: Buffer | string, headers: Headers = {}, path = BOTS) => {
  const sent = begin({ 'content-length': String(Buffer.byteLength(body)), ...headers }, path)
  sent.end(body)
  return answerTo(sent)
}
const bodyWith = (code: string) => Buffer.from(JSON.stringify({ name: 'large', code }))
const digest = (code: string | Buffer) => createHash('sha256').update(code).digest('hex')
const stored = async () => {
  const keys: string[] = []
  for await (const { key } of api.platform.files.list('code')) keys.push(key)
  return keys.toSorted()
}
const digestOfBot = async (id: string) =>
  (await api.platform.db.prisma.bot.findUniqueOrThrow({ where: { id } })).codeSha256
const idOf = ({ status, body }: { status: number | undefined; body: Record<string, unknown> }): string => {
  expect(status, JSON.stringify(body)).toBe(200)
  return (body['bot'] as { id: string }).id
}

test('a hundred megabytes of code are kept byte for byte while others are served', async () => {
  const line = 'say("ä") // and be heard\n'
  const written = Buffer.from(JSON.stringify(line).slice(1, -1))
  const lines = Math.floor((100 * MB) / written.length) - 1
  const code = Buffer.alloc(lines * Buffer.byteLength(line), line)
  const body = Buffer.concat([
    Buffer.from('{"code":"'),
    Buffer.alloc(lines * written.length, written),
    Buffer.from('"}'),
  ])
  const sent = begin({ 'content-length': String(body.length) })
  sent.end(body)
  await once(sent, 'finish')
  let answered = false
  let others = 0
  const answer = answerTo(sent).finally(() => {
    answered = true
  })
  const goOn = () => !answered
  while (goOn()) {
    expect((await owner.call('GET', `${BOTS}/${api.home.botId}`)).status).toBe(200)
    others++
  }
  const id = idOf(await answer)
  expect(others).toBeGreaterThan(10)
  const sha256 = digest(code)
  expect(await digestOfBot(id)).toBe(sha256)
  const contents = await api.platform.files.read(`code/${sha256}`)
  expect(contents && code.equals(await buffer(contents))).toBe(true)
}, 120_000)

test('equal code lies there once, however it was written and whoever has it; the reader of a bot gets none of it', async () => {
  const before = await stored()
  const code = 'é'.repeat(MB)
  const escapes = `{"name":"large","code":"${String.raw`\u00e9`.repeat(MB)}"}`
  const id = idOf(await upload(bodyWith(code)))
  idOf(await upload(escapes))
  const integration = { name: 'large', version: '1.0.0', code }
  expect(await owner.call('POST', '/v1/admin/integrations', integration)).toMatchObject({ status: 200 })
  expect(await stored()).toEqual([...before, `code/${digest(code)}`].toSorted())
  expect(JSON.stringify((await owner.call('GET', `${BOTS}/${id}`)).body).length).toBeLessThan(10_000)

  expect((await owner.call('PUT', `${BOTS}/${id}`, { code: 'small' })).status).toBe(200)
  expect(await digestOfBot(id)).toBe(digest('small'))
  expect((await owner.call('PUT', `${BOTS}/${id}`, { name: 'other' })).status).toBe(200)
  expect(await digestOfBot(id)).toBe(digest('small'))
})

test('a body that comes in pieces of unknown number is read as well', async () => {
  const sent = begin({ 'transfer-encoding': 'chunked' })
  for (const part of ['{"code":"', 'x'.repeat(3 * MB), '"}']) sent.write(part)
  sent.end()
  expect(await digestOfBot(idOf(await answerTo(sent)))).toBe(digest('x'.repeat(3 * MB)))
  const small = begin({ 'transfer-encoding': 'chunked' })
  small.end('{"code":"x"}')
  expect(await digestOfBot(idOf(await answerTo(small)))).toBe(digest('x'))
})

const LONG = 'x'.repeat(2 * MB)
const refusals: [string, Buffer | string, Headers, number, string, RegExp][] = [
  ['cut off in the code', `{"code":"${LONG}`, {}, 400, 'InvalidPayload', /not valid JSON/],
  ['cut off behind it', `{"code":"${LONG}"`, {}, 400, 'InvalidPayload', /not valid JSON/],
  ['nested too deeply', `{"code":"${LONG}","a":${'['.repeat(2 * MB)}`, {}, 400, 'InvalidPayload', /1000 levels/],
  ['with a number behind the code', `{"code":"${LONG}","code":5}`, {}, 400, 'InvalidPayload', /^code: .*string/],
  ['with code that is a list', `{"code":["${LONG}"]}`, {}, 400, 'InvalidPayload', /^code: .*string/],
  ['with a number for code', '{"code":5}', {}, 400, 'InvalidPayload', /^code: .*string/],
  ['with a member of another type', `{"code":"${LONG}","name":5}`, {}, 400, 'InvalidPayload', /^name: /],
  ['that reaches for the prototype', `{"code":"${LONG}","__proto__":{}}`, {}, 400, 'InvalidPayload', /forbidden key/],
  ['that is long elsewhere', `{"name":"${LONG.repeat(3)}"}`, {}, 413, 'PayloadTooLarge', /without "code"/],
  ['packed', gzipSync(LONG), { 'content-encoding': 'gzip' }, 415, 'UnsupportedMediaType', /Content-Encoding|plain/],
  ['of text', LONG, { 'content-type': 'text/plain' }, 415, 'UnsupportedMediaType', /application\/json/],
  ['that announces too much', '', { 'content-length': String(101 * MB) }, 413, 'PayloadTooLarge', /larger than/],
]

test.each(refusals)('a body %s is refused, and keeps nobody out', async (_, body, headers, status, type, message) => {
  for (let n = 0; n < 3; n++) {
    const sent = begin({ 'content-length': String(body.length), ...headers })
    sent.on('error', () => {})
    sent.write(body)
    const answer = await answerTo(sent)
    expect(answer).toMatchObject({ status, body: { type, message: expect.stringMatching(message) } })
    sent.destroy()
  }
  idOf(await upload(bodyWith(LONG)))
})

test('pieces without end are refused once they are too much', async () => {
  const sent = begin({ 'transfer-encoding': 'chunked' })
  sent.on('error', () => {})
  const answer = answerTo(sent)
  sent.write('{"code":"')
  for (let n = 0; n < 101; n++) sent.write(Buffer.alloc(MB, 'x'))
  expect(await answer).toMatchObject({ status: 413, body: { type: 'PayloadTooLarge' } })
  sent.destroy()
})

test('two large bodies are read at once, some wait, more are told to come again; small ones pass, and who hangs up makes room', async () => {
  const [inside, waiting] = [2, 32]
  const held = Array.from({ length: inside + waiting + 1 }, () => {
    const sent = begin({ 'content-length': String(50 * MB) })
    sent.on('error', () => {})
    sent.write('{"code":"')
    return sent
  })
  const refused = await Promise.race(held.map(answerTo))
  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { type: 'Internal' } })
  const small = await Promise.all(Array.from({ length: 50 }, () => owner.call('POST', BOTS, { code: 'small' })))
  expect(small.filter(({ status }) => status !== 200)).toEqual([])
  for (const sent of held) sent.destroy()
  const large = await Promise.all(Array.from({ length: 6 }, () => upload(bodyWith(LONG))))
  expect(large.map(({ status }) => status)).toEqual(large.map(() => 200))
})

test('a key under which code was sent stands for that code', async () => {
  const headers = { 'idempotency-key': 'code' }
  const first = idOf(await upload(bodyWith(LONG), headers))
  expect(idOf(await upload(bodyWith(LONG), headers))).toBe(first)
  expect((await upload(bodyWith(`${LONG}!`), headers)).status).toBe(409)
})
