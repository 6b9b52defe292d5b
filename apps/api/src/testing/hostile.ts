import { gzipSync } from 'node:zlib'
import type { Operation } from '@understudy/contract'
import fc from 'fast-check'
import { z } from 'zod'
import { type Ids, jsonOf, TROUBLE, texts, trouble, words } from './hostile-json.ts'

/** A request as it goes over the wire: path and headers untouched by any library, the body in bytes. */
export type HostileRequest = { method: string; path: string; headers: Record<string, string | string[]>; body: Buffer }

type Sent = Pick<HostileRequest, 'headers' | 'body'>

const JSON_TYPE = { 'content-type': 'application/json' }

/** A hundred megabytes of spaces in a hundred kilobytes. */
const BOMB = gzipSync(Buffer.alloc(100_000_000, 0x20))

const TYPES = [
  ...words('text/plain application/x-www-form-urlencoded multipart/form-data application/jsonx ; /'),
  ...['x'.repeat(5000), `application/${'a+'.repeat(3000)}json`, 'application/json; charset=utf-7'],
]

/** What was JSON, cut, spoilt, packed or announced as something else. */
const spoilt = (body: Buffer): fc.Arbitrary<Sent> => {
  const as = (headers: Record<string, string>, bytes: Buffer | string = body) => ({ headers, body: Buffer.from(bytes) })
  const packed = (encoding: string, bytes = body) => as({ ...JSON_TYPE, 'content-encoding': encoding }, bytes)
  return fc.oneof(
    fc.nat({ max: body.length }).map((at) => as(JSON_TYPE, body.subarray(0, at))),
    fc
      .tuple(fc.nat({ max: body.length }), fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([at, bytes]) => as(JSON_TYPE, Buffer.concat([body.subarray(0, at), bytes, body.subarray(at)]))),
    fc.constantFrom(...TYPES).map((type) => as({ 'content-type': type })),
    fc.constantFrom(
      as({}),
      as({ 'content-type': 'application/json; charset=utf-16' }, body.toString('utf16le')),
      as(JSON_TYPE, `\ufeff${body.toString()}`),
      packed('gzip', gzipSync(body)),
      packed('gzip', BOMB),
      ...['gzip', 'deflate', 'br', 'gzip, gzip', 'identity', 'x'.repeat(1000)].map((encoding) => packed(encoding)),
    ),
  )
}

const SEGMENTS = [
  ...words('%00 %ff % %zz %ED%A0%80 %C0%AF . .. %2e%2e ..%2f..%2fadmin %2F %0d%0aset-cookie:x %20 %F0%9F%98%80 %2500'),
  ...words('__proto__ constructor * -1 1e400 ;a=b a:b'),
  ...['', 'x'.repeat(300), 'x'.repeat(5000)],
]

/** Halves of pairs cannot be written into a URL. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString())

const segments = fc.oneof(
  fc.constantFrom(...SEGMENTS),
  texts.map((text) => encoded(text).slice(0, 4000)),
)

/** Values of parameters that mean something, beside ids. */
const KNOWN: Record<string, [string, ...string[]]> = {
  type: ['user'],
  name: ['profile', 'profile', 'hostile'],
  version: ['latest', '1.0.0', '<2'],
  key: ['a'],
}

const pathOf = (path: string, ids: Ids, spoil: boolean): fc.Arbitrary<string> => {
  const parts = path.split('/').map((part, at, all) => {
    if (!part.startsWith(':')) return fc.constant(part)
    const id = part === ':id' ? ids[all.slice(0, at).join('/')] : ids[part.slice(1)]
    const right = fc.constantFrom(...(KNOWN[part.slice(1)] ?? [id ?? 'nobody']))
    return spoil ? fc.oneof(right, segments) : right
  })
  return fc.tuple(...parts).map((all) => all.join('/'))
}

const ODD_QUERIES = [
  ...words(
    '%00 = &&& a=%ff ? tags=%7B%22a%22%3A%22%5Cu0000%22%7D tags=%7B%22__proto__%22%3A%22a%22%7D nextToken=%F0%9F',
  ),
  ...[`tags=${'%5B'.repeat(4000)}`, 'a&'.repeat(7000), 'tags.a=1&'.repeat(1500), 'tags%5Ba%5D%5Bb%5D=1'],
]

const members = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 10, arbitrary: fc.constantFrom(...words('[] [0] .id .a [id] .__proto__ [__proto__] [a][b] .a.b [ ]')) },
)

const queryOf = (type: z.ZodType | undefined, ids: Ids, spoil: boolean): fc.Arbitrary<string> => {
  const known = type instanceof z.ZodObject ? Object.keys(type.shape) : []
  const right = known
    .filter((name) => ['botId', 'integrationId', 'type'].includes(name))
    .map((name) => `${name}=${KNOWN[name]?.[0] ?? ids[name]}`)
  if (!spoil) return fc.constant(right.length > 0 ? `?${right.join('&')}` : '')
  const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('nextToken', 'pageSize', ...known) }, texts)
  const value = fc.oneof(
    { weight: 3, arbitrary: texts },
    fc.constantFrom(...Object.values(ids), ...TROUBLE.filter((one) => one.length < 5000)),
    fc.base64String({ maxLength: 80 }),
  )
  const pair = fc.tuple(name, members, value).map(([one, part, its]) => `${encoded(one)}${part}=${encoded(its)}`)
  const wrong = fc.oneof(
    { weight: 6, arbitrary: fc.array(pair, { minLength: 1, maxLength: 3 }) },
    fc.constantFrom(...ODD_QUERIES).map((one) => [one]),
  )
  return wrong.map((all) => `?${[...right, ...all].join('&')}`)
}

const HEADERS = words(`
  x-bot-id x-workspace-id x-integration-id x-integration-alias x-multiple-integrations authorization idempotency-key
  expect accept origin x-odd`)
const VALUES = [
  ...words('__proto__ constructor ÿþ ../.. 0 true , Bearer'),
  ...['', ' ', 'x'.repeat(3000), '[object Object]', 'Bearer ', 'Bearer a b', `Bearer${' '.repeat(5000)}`, 'Basic eDp5'],
]

const headersOf = (ids: Ids): fc.Arbitrary<HostileRequest['headers']> => {
  const latin1 = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f)
  const value = fc.oneof(
    fc.constantFrom(...VALUES, ...Object.values(ids)),
    fc.string({ unit: latin1.map((code) => String.fromCharCode(code)), maxLength: 30 }),
  )
  const values = fc.oneof({ weight: 3, arbitrary: value }, fc.array(value, { minLength: 1, maxLength: 3 }))
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, 'y']))
  return fc.oneof(
    { weight: 8, arbitrary: fc.dictionary(fc.constantFrom(...HEADERS), values, { minKeys: 1, maxKeys: 3 }) },
    fc.constantFrom(100, 1400, 3000).map(many),
  )
}

/** The members of an object as fields of a form; what is none stays as it is. */
const asForm = (json: string): string => {
  try {
    return new URLSearchParams(JSON.parse(json) as Record<string, string>).toString()
  } catch {
    return json
  }
}

/** Requests of an operation that are wrong in one respect and sound in all others; `ids` are those of things that are there. */
export const hostileRequests = (
  { method, path, query, body, bodyType }: Operation,
  ids: Ids,
): fc.Arbitrary<HostileRequest> => {
  const json = (spoil: boolean) => (body ? jsonOf(body, ids, spoil) : fc.constant(''))
  const plain = (text: string): Sent =>
    bodyType
      ? { headers: { 'content-type': bodyType }, body: Buffer.from(asForm(text)) }
      : { headers: text ? JSON_TYPE : {}, body: Buffer.from(text) }
  const wrong = (respect: 'path' | 'query' | 'headers' | 'body', sent = json(false).map(plain)) =>
    fc
      .tuple(
        pathOf(path, ids, respect === 'path'),
        queryOf(query, ids, respect === 'query'),
        respect === 'headers' ? headersOf(ids) : fc.constant({}),
        sent,
      )
      .map(([where, asked, headers, { headers: type, body: bytes }]) => ({
        method,
        path: where + asked,
        headers: { ...type, ...headers },
        body: bytes,
      }))
  const bodies = fc.oneof(
    { weight: 4, arbitrary: json(true).map(plain) },
    { weight: body ? 1 : 4, arbitrary: trouble.map(plain) },
    json(false).chain((text) => spoilt(Buffer.from(text))),
  )
  return fc.oneof(
    { weight: path.includes(':') ? 2 : 0, arbitrary: wrong('path') },
    { weight: query ? 4 : 1, arbitrary: wrong('query') },
    { weight: 2, arbitrary: wrong('headers') },
    { weight: body ? 10 : 1, arbitrary: wrong('body', bodies) },
  )
}
