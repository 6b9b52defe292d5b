import fc from 'fast-check'
import { z } from 'zod'

/** Ids that lead somewhere, by the names they go by in bodies and queries. */
export type Ids = Readonly<Record<string, string>>

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

const DATES = [
  ...['2026-03-01T12:00:00.000Z', '2026-02-30', '0000-01-01', '0000-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z'],
  ...['9999-12-31T23:59:59.999-23:59', '-271821-04-20T00:00:00.000Z', '2026-03-01T12:00:00.000+99:99'],
  ...['10000-01-01T00:00:00.000Z', '2026-03-01T24:00:00.000Z', '2026-03-01T12:00:60.000Z'],
]

const TEXTS = [
  ...[
    '',
    ' ',
    'x',
    '\u007f',
    'Ünïcödé',
    '😀',
    '\u202e',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'null',
    'undefined',
  ],
  ...[
    '-1',
    '0',
    '1e400',
    'NaN',
    'true',
    "'; drop table users; --",
    '%s%n',
    '${7*7}',
    '../../etc/passwd',
    '*',
    '$1',
    '{}',
  ],
  ...[
    '* * * * *',
    '*/0 * * * *',
    '99999999999 * * * *',
    '0 0 31 2 *',
    '0-59/1-5 1 1 1 1',
    `${'1,'.repeat(2000)} * * * *`,
  ],
  ...['1.2.3', 'latest', 'x.x.x', '>=1.0.0 || '.repeat(300), '<9007199254740993.0.0', 'http://', 'user_', 'a:b#c'],
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
  ...[
    'null',
    'true',
    '0',
    '-0',
    '-1',
    '1.5',
    '1e308',
    '1e400',
    '-1e400',
    '18446744073709551616',
    '9007199254740993',
    '5e-324',
  ],
  ...[
    `1${'0'.repeat(400)}`,
    '[]',
    '{}',
    '[null]',
    '[[]]',
    '""',
    '"\\u0000"',
    '"\\ud83d"',
    '"\\udc00\\ud83d"',
    '"\\ud83d\\ude00"',
  ],
  ...[
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"toString":1,"valueOf":null}',
  ],
  ...['{"a":1,"a":{"a":2}}', '{"":""}', '{"\\u0000":1}', '{"\\ud800":1}', '{"length":-1}', '{"then":1,"toJSON":1}'],
  ...[`${'['.repeat(900)}${']'.repeat(900)}`, `${'{"a":'.repeat(900)}1${'}'.repeat(900)}`, '['.repeat(5000)],
  ...[
    `"${'x'.repeat(200_000)}"`,
    `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":${at}`).join()}}`,
    `[${'0,'.repeat(50_000)}0]`,
  ],
]

/** JSON schemas that have been the end of others. */
const SCHEMAS = [
  ...[
    '{}',
    '{"type":"object"}',
    '{"type":5}',
    '{"$async":true}',
    '{"pattern":"("}',
    '{"enum":[]}',
    '{"$id":"a","properties":{"a":{"$id":"a"}}}',
  ],
  ...[
    '{"properties":{"a":{"pattern":"^(a+)+$"}}}',
    '{"pattern":"^(?=(a+)+$)(?<!b)a"}',
    '{"patternProperties":{"^(a|aa)*$":{"type":"string"}}}',
  ],
  ...[
    '{"$ref":"#"}',
    '{"properties":{"a":{"$ref":"#"}}}',
    '{"$ref":"http://127.0.0.1:1/"}',
    '{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}',
  ],
  ...[
    '{"properties":{"constructor":{"type":"string"}},"required":["toString"]}',
    '{"$schema":"http://json-schema.org/draft-04/schema#","id":"x"}',
  ],
  `${'{"not":'.repeat(450)}{}${'}'.repeat(450)}`,
]

const textOf = (one: string): string => JSON.stringify(one)

/** Anything at all. */
export const trouble: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TROUBLE, ...SCHEMAS),
  texts.map(textOf),
  fc.json({ maxDepth: 3 }),
)

/** JSON of the form a schema describes, as far as the schema tells; `spoil` puts trouble in some places. */
export const jsonOf = (type: z.ZodType, ids: Ids, spoil: boolean): fc.Arbitrary<string> => {
  const schema = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
  return valueOf('', schema, { ids, spoil })
}

type How = { ids: Ids; spoil: boolean }

const valueOf = (name: string, schema: Schema, how: How): fc.Arbitrary<string> =>
  how.spoil
    ? fc.oneof({ weight: 14, arbitrary: soundOf(name, schema, how) }, { weight: 1, arbitrary: trouble })
    : soundOf(name, schema, how)

const soundOf = (name: string, schema: Schema, how: How): fc.Arbitrary<string> => {
  if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const))
  if (schema.enum) return fc.constantFrom(...schema.enum.map((one) => JSON.stringify(one)))
  const options = schema.anyOf ?? schema.allOf
  if (options) return fc.oneof(...options.map((option) => soundOf(name, option, how)))
  switch (schema.type) {
    case 'object':
      return objectOf(name, schema, how)
    case 'array':
      return fc.array(valueOf(name, schema.items ?? {}, how), { maxLength: 3 }).map((items) => `[${items.join()}]`)
    case 'string':
      return stringOf(name, schema, how).map(textOf)
    case 'number':
    case 'integer':
      return numberOf(schema).map((one) => JSON.stringify(one))
    case 'boolean':
      return fc.constantFrom('true', 'false')
    case 'null':
      return fc.constant('null')
    case undefined:
    default:
      return trouble
  }
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

/** Names that mean something where members go by any name. */
const NAMES = ['a', 'a', 'id', 'emulator:id', 'profile']

const objectOf = (
  name: string,
  { properties = {}, required = [], additionalProperties }: Schema,
  how: How,
): fc.Arbitrary<string> => {
  if (name === 'schema') return fc.constantFrom(...SCHEMAS)
  const named = (key: string, schema: Schema) => valueOf(key, schema, how).map((value) => `${textOf(key)}:${value}`)
  const none = fc.constant('')
  const members = Object.entries(properties).map(([key, schema]) => {
    const weight = required.includes(key) ? 40 : 1
    return fc.oneof(
      { weight, arbitrary: named(key, schema) },
      { weight: required.includes(key) && !how.spoil ? 0 : 1, arbitrary: none },
    )
  })
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined
  const keys = how.spoil
    ? fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...NAMES) }, texts)
    : fc.constantFrom(...NAMES)
  const entry = others
    ? fc.oneof(
        none,
        keys.chain((key) => named(key, others)),
      )
    : none
  const odd = how.spoil
    ? fc.oneof({ weight: 20, arbitrary: none }, fc.constantFrom('"__proto__":{}', '"x":1,"x":2'))
    : none
  return fc.tuple(...members, entry, odd).map((all) => `{${all.filter(Boolean).join()}}`)
}
