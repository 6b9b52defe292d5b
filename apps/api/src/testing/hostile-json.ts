import fc from 'fast-check'
import { z } from 'zod'

/** Ids that lead somewhere, by the names they go by in bodies and queries. */
export type Ids = Readonly<Record<string, string>>

/** Short things, told apart by blanks. */
export const words = (text: string): string[] => text.trim().split(/\s+/)

const DATES = words(`
  2026-03-01T12:00:00.000Z 2026-02-30 0000-01-01 0000-12-31T23:59:59.999Z 0001-01-01T00:00:00.000Z 2026-03-01T12:00:60.000Z
  9999-12-31T23:59:59.999-23:59 -271821-04-20T00:00:00.000Z 2026-03-01T12:00:00.000+99:99 10000-01-01T00:00:00.000Z`)

const TEXTS = [
  ...words(
    'x Ünïcödé 😀 __proto__ constructor hasOwnProperty null undefined -1 0 1e400 NaN true %s%n ${7*7} * $1 {} a:b#c',
  ),
  ...words('../../etc/passwd http:// user_ 1.2.3 latest x.x.x <9007199254740993.0.0 \u007f \u202e'),
  ...['', ' ', "'; drop table users; --", '>=1.0.0 || '.repeat(300)],
  ...['* * * * *', '*/0 * * * *', '99999999999 * * * *', '0 0 31 2 *', `${'1,'.repeat(2000)} * * * *`],
  ...DATES,
]

export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(fc.constantFrom('x', '漢', '😀', 'a:', 'a-', '0', ' ', '[', '"', '\\'), fc.constantFrom(200, 500, 5000))
    .map(([unit, times]) => unit.repeat(times / unit.length)),
)

/** JSON that means trouble, as text: not all of it would survive being a value first. */
export const TROUBLE = [
  ...words(
    'null true 0 -0 -1 1.5 1e308 1e400 -1e400 18446744073709551616 9007199254740993 5e-324 [] {} [null] [[]] ""',
  ),
  ...words(String.raw`"\u0000" "\ud83d" "\udc00\ud83d" "\ud83d\ude00" {"":""} {"\u0000":1} {"\ud800":1} {"length":-1}`),
  ...words(
    '{"__proto__":{"a":1}} {"constructor":{"prototype":{"a":1}}} {"toString":1,"valueOf":null} {"then":1,"toJSON":1}',
  ),
  ...[
    '{"a":1,"a":{"a":2}}',
    `1${'0'.repeat(400)}`,
    '['.repeat(5000),
    `"${'x'.repeat(200_000)}"`,
    `[${'0,'.repeat(50_000)}0]`,
  ],
  ...[`${'['.repeat(900)}${']'.repeat(900)}`, `${'{"a":'.repeat(900)}1${'}'.repeat(900)}`],
  `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":${at}`).join()}}`,
]

/** JSON schemas that have been the end of others. */
const SCHEMAS = words(`
  {} {"type":"object"} {"type":5} {"$async":true} {"pattern":"("} {"enum":[]} {"$id":"a","properties":{"a":{"$id":"a"}}}
  {"properties":{"a":{"pattern":"^(a+)+$"}}} {"pattern":"^(?=(a+)+$)(?<!b)a"} {"patternProperties":{"^(a|aa)*$":{"type":"string"}}}
  {"$ref":"#"} {"properties":{"a":{"$ref":"#"}}} {"$ref":"http://127.0.0.1:1/"} {"anyOf":[{"$ref":"#"},{"$ref":"#"}]}
  {"properties":{"constructor":{"type":"string"}},"required":["toString"]} {"const":{"a":1}}
  {"$schema":"http://json-schema.org/draft-04/schema#","id":"x"} ${'{"not":'.repeat(450)}{}${'}'.repeat(450)}`)

/** Anything at all. */
export const trouble: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TROUBLE, ...SCHEMAS),
  texts.map((text) => JSON.stringify(text)),
  fc.json({ maxDepth: 3 }),
)

type Schema = {
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  type?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
}

type How = { ids: Ids; spoil: boolean }

/** JSON of the form a schema describes, as far as the schema tells; `spoil` puts trouble in some places. */
export const jsonOf = (type: z.ZodType, ids: Ids, spoil: boolean): fc.Arbitrary<string> => {
  const schema = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
  return valueOf('', schema, { ids, spoil })
}

const valueOf = (name: string, schema: Schema, how: How): fc.Arbitrary<string> => {
  const sound = soundOf(name, schema, how)
  return how.spoil ? fc.oneof({ weight: 14, arbitrary: sound }, { weight: 1, arbitrary: trouble }) : sound
}

const soundOf = (name: string, schema: Schema, how: How): fc.Arbitrary<string> => {
  if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const))
  if (schema.enum) return fc.constantFrom(...schema.enum.map((one) => JSON.stringify(one)))
  const options = schema.anyOf ?? schema.allOf
  if (options) return fc.oneof(...options.map((option) => soundOf(name, option, how)))
  if (schema.type === 'object') return objectOf(name, schema, how)
  if (schema.type === 'array')
    return fc.array(valueOf(name, schema.items ?? {}, how), { maxLength: 3 }).map((items) => `[${items.join()}]`)
  if (schema.type === 'string') return stringOf(name, schema, how).map((text) => JSON.stringify(text))
  if (schema.type === 'number' || schema.type === 'integer') return numberOf(schema).map((one) => JSON.stringify(one))
  if (schema.type === 'boolean') return fc.constantFrom('true', 'false')
  return schema.type === 'null' ? fc.constant('null') : trouble
}

/** Of the right length: those that are valid get to where they can do harm. */
const stringOf = (name: string, { format, minLength = 0, maxLength }: Schema, { ids }: How): fc.Arbitrary<string> => {
  if (format === 'date-time') return fc.constantFrom(...DATES)
  const id = ids[name]
  const any = texts.map((one) => one.padEnd(minLength, 'x').slice(0, maxLength))
  return id === undefined ? any : fc.oneof({ weight: 12, arbitrary: fc.constant(id) }, any)
}

const numberOf = ({ minimum: min = -1e15, maximum: max = 1e15 }: Schema): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(min, max),
    fc.double({ min, max, noNaN: true }),
    fc.integer({ min: Math.max(min, -5), max: Math.min(max, 100) }),
  )

const NOTHING = fc.constant('')

/** Names that mean something where members go by any name. */
const names = fc.constantFrom('a', 'a', 'id', 'emulator:id', 'profile')

const objectOf = (name: string, schema: Schema, how: How): fc.Arbitrary<string> => {
  if (name === 'schema') return fc.constantFrom(...SCHEMAS)
  const { properties = {}, required = [], additionalProperties } = schema
  const named = (key: string, of: Schema) => valueOf(key, of, how).map((value) => `${JSON.stringify(key)}:${value}`)
  const members = Object.entries(properties).map(([key, of]) => {
    if (!required.includes(key)) return fc.oneof(named(key, of), NOTHING)
    return fc.oneof({ weight: 40, arbitrary: named(key, of) }, { weight: how.spoil ? 1 : 0, arbitrary: NOTHING })
  })
  if (typeof additionalProperties === 'object') {
    const keys = how.spoil ? fc.oneof({ weight: 8, arbitrary: names }, texts) : names
    const entry = keys.chain((key) => named(key, additionalProperties))
    members.push(fc.oneof(NOTHING, entry))
  }
  if (how.spoil)
    members.push(fc.oneof({ weight: 20, arbitrary: NOTHING }, fc.constantFrom('"__proto__":{}', '"x":1,"x":2')))
  return fc.tuple(...members).map((all) => `{${all.filter(Boolean).join()}}`)
}
