import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ApiError } from '../errors.ts'
import { checkJsonSchema, validateData } from './index.ts'

const typeOf = (work: () => void): string => {
  try {
    work()
    return 'fine'
  } catch (error) {
    if (error instanceof ApiError) return error.type
    throw error
  }
}
const declared = (schema: object) => typeOf(() => checkJsonSchema(schema, 'schema'))
const held = (schema: object, data: unknown) => typeOf(() => validateData(schema, data, 'payload'))

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const named = <T>(count: number, make: (at: number) => T) =>
  Object.fromEntries(times(count, (at) => [`k${at}`, make(at)]))
const nested = (open: string, close: string, levels: number): object =>
  JSON.parse(`${open.repeat(levels)}{}${close.repeat(levels)}`) as object

const LONG = 100_000

describe('a pattern that backtracks for ever elsewhere is answered like any other', () => {
  test.each([
    ['^(a+)+$', `${'a'.repeat(LONG)}!`],
    ['^(a|aa)*$', `${'a'.repeat(LONG)}!`],
    ['(x+x+)+y', 'x'.repeat(LONG)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(LONG)],
    [String.raw`\s+$`, `${' '.repeat(LONG)}!`],
    [String.raw`^(?!.*\.\.)(a+)+$`, `${'a'.repeat(LONG)}!`],
    [String.raw`^(?=.*\d)(\w+\s?)*$`, `1${'a'.repeat(LONG)}!`],
  ])('%s', (pattern, text) => {
    expect(held({ type: 'object', properties: { text: { pattern } } }, { text })).toBe('InvalidDataFormat')
    expect(held({ not: { pattern } }, text)).toBe('fine')
    expect(held({ patternProperties: { [pattern]: false } }, { [text]: 1 })).toBe('fine')
    expect(held({ propertyNames: { pattern } }, { [text]: 1 })).toBe('InvalidDataFormat')
  })
})

describe('what no engine does in proportion is cut off', () => {
  test.each([
    ['^(a+)+(?=b)$', 'a'.repeat(40)],
    [String.raw`^(a*)*\1b$`, 'a'.repeat(40)],
    ['^(?=(a+)+b)(?<!c)a', 'a'.repeat(40)],
    ['^[ab]*a[ab]{900}$', times(LONG, (at) => 'ab'[(at * at) % 2] as string).join('')],
  ])('%s', (pattern, text) => {
    expect(declared({ pattern })).toBe('fine')
    expect(() => validateData({ not: { pattern } }, text, 'payload')).toThrow(/payload: takes too long/)
  })

  test.each(['url', 'uri', 'uri-reference', 'duration', 'email', 'hostname', 'uri-template', 'regex', 'byte', 'ipv6'])(
    'the format %s of a very long text',
    (format) => {
      for (const piece of ['a', '0', ':', '0.', '/0', 'a@', '%41', 'a-', '4.1.6.7:155', '000'])
        for (const start of ['', 'http://', 'P', 'a@', '/'])
          expect(held({ format }, `${start}${piece.repeat(LONG / piece.length)}\0`)).toMatch(/fine|InvalidDataFormat/)
    },
  )
})

describe('references', () => {
  const tree = (kind: 'anyOf' | 'allOf' | 'oneOf', nodes: number) => ({
    definitions: {
      node: {
        [kind]: times(nodes, () => ({ properties: { next: { $ref: '#/definitions/node' } }, required: ['next'] })),
      },
    },
    $ref: '#/definitions/node',
  })
  const deep = (levels: number): object => times(levels, () => 0).reduce<object>((next) => ({ next }), {})

  test.each(['anyOf', 'allOf', 'oneOf'] as const)(
    'that double with every level of the data are cut off (%s)',
    (kind) => {
      expect(held(tree(kind, 2), deep(3))).toBe('InvalidDataFormat')
      expect(() => validateData(tree(kind, 20), deep(900), 'payload')).toThrow(/takes too long|required/)
    },
  )

  test('to themselves are refused', () => {
    expect(declared({ $ref: '#' })).toBe('InvalidJsonSchema')
    expect(
      declared({
        definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } },
        $ref: '#/definitions/a',
      }),
    ).toBe('InvalidJsonSchema')
    expect(declared({ default: { anyOf: [{ $ref: '#/default' }, { $ref: '#/default' }] }, $ref: '#/default' })).toBe(
      'InvalidJsonSchema',
    )
  })

  test('that double with every definition are cut off', () => {
    const definitions = Object.fromEntries(
      times(60, (at) => [`d${at}`, { allOf: times(2, () => (at === 59 ? {} : { $ref: `#/definitions/d${at + 1}` })) }]),
    )
    expect(declared({ definitions, $ref: '#/definitions/d0' })).toBe('InvalidJsonSchema')
  })

  test('to one large definition, a thousand times, are compiled once', () => {
    const large = { properties: named(1000, () => ({ type: 'string' })) }
    const schema = { definitions: { large }, anyOf: times(1000, () => ({ $ref: '#/definitions/large' })) }
    expect(held(schema, { k1: 'x' })).toBe('fine')
    expect(held(schema, { k1: 1 })).toBe('InvalidDataFormat')
  })

  test.each([
    'http://127.0.0.1:1/schema',
    'file:///etc/passwd',
    'other.json',
    '#/definitions/missing',
    '#missing',
    '//',
  ])('to %s lead nowhere', ($ref) => {
    expect(declared({ $ref })).toBe('InvalidJsonSchema')
  })

  test('follow a tree as deep as a body can be', () => {
    const schema = { properties: { next: { $ref: '#' } }, additionalProperties: false }
    expect(held(schema, deep(990))).toBe('fine')
    expect(held(schema, deep(100))).toBe('fine')
    expect(held(schema, { next: { next: { other: 1 } } })).toBe('InvalidDataFormat')
  })

  test('with dynamic names of later drafts are unknown words', () => {
    expect(held({ $dynamicRef: '#a', $recursiveRef: '#', $dynamicAnchor: 'a' }, { any: 'thing' })).toBe('fine')
  })
})

describe('names of schemas', () => {
  test('never lead from one schema to another', () => {
    expect(declared({ $id: 'http://a.test/root', type: 'string' })).toBe('fine')
    expect(declared({ properties: { a: { $id: 'http://a.test/part', type: 'string' } } })).toBe('fine')
    expect(declared({ $id: 'http://json-schema.org/draft-07/schema', type: 'string' })).toBe('fine')
    expect(declared({ $ref: 'http://a.test/root' })).toBe('InvalidJsonSchema')
    expect(declared({ $ref: 'http://a.test/part' })).toBe('InvalidJsonSchema')
    expect(held({ properties: { a: { $ref: '#' } }, type: 'object' }, { a: 'x' })).toBe('InvalidDataFormat')
  })

  test('may be the same in two schemas', () => {
    const of = (type: string) => ({ $id: 'http://a.test/same', properties: { a: { $id: 'http://a.test/part', type } } })
    expect(held(of('string'), { a: 'x' })).toBe('fine')
    expect(held(of('number'), { a: 1 })).toBe('fine')
    expect(held(of('number'), { a: 'x' })).toBe('InvalidDataFormat')
  })
})

describe('what is out of all proportion is refused when it is declared', () => {
  test.each([
    ['a thousand levels of not', nested('{"not":', '}', 900)],
    ['a thousand levels of properties', nested('{"properties":{"a":', '}}', 450)],
    ['a thousand levels of items', nested('{"items":', '}', 900)],
    ['nine thousand alternatives', { anyOf: times(9000, () => ({ minimum: 1 })) }],
    ['four thousand properties side by side', { properties: named(4000, () => ({ type: 'string' })) }],
    ['large automatons by the hundred', { anyOf: times(600, (at) => ({ pattern: `^[ab]*a[ab]{${400 + at}}$` })) }],
    [
      'hundreds of large sets of characters',
      { anyOf: times(900, (at) => ({ pattern: String.raw`\p{L}`.repeat(15) + at })) },
    ],
  ])('%s', (_, schema) => {
    expect(declared(schema)).toBe('InvalidJsonSchema')
  })

  test.each([
    { pattern: 5 },
    { pattern: '(' },
    { pattern: '[b-a]' },
    { patternProperties: { '(': { type: 'string' } } },
    { type: 'nonsense' },
    { properties: [] },
    { properties: { a: 5 } },
    { items: 'x' },
    { required: 'a' },
    { required: [1] },
    { enum: 'x' },
    { $ref: 5 },
    { $id: 5 },
    { $schema: 5 },
    { minimum: '1' },
    { multipleOf: 0 },
    { format: 5 },
    { if: 5 },
    { nullable: 5 },
    { allOf: [] },
    { dependencies: { a: 5 } },
    { $async: true },
    { definitions: { a: { $async: true, type: 'object' } }, $ref: '#/definitions/a' },
  ])('%j is no schema', (schema) => {
    expect(declared(schema)).toBe('InvalidJsonSchema')
  })
})

describe('what is large but in proportion is taken', () => {
  test('a schema as long as a schema may be', () => {
    const field = { type: 'string', description: 'What the person has told us about this.' }
    const schema = {
      type: 'object',
      properties: named(30, () => ({ type: 'object', properties: named(30, () => field) })),
    }
    expect(held(schema, { k3: { k7: 'x' } })).toBe('fine')
    expect(held(schema, { k3: { k7: 7 } })).toBe('InvalidDataFormat')
  })

  test('long lists of values', () => {
    const schema = { enum: times(12_000, (at) => at) }
    expect(held(schema, 11_999)).toBe('fine')
    expect(held(schema, -1)).toBe('InvalidDataFormat')
    expect(
      held(
        { required: times(9000, (at) => `k${at}`) },
        named(9000, () => 1),
      ),
    ).toBe('fine')
  })

  test('thousands of items of which each has to be another', () => {
    const items = times(4000, (at) => ({ at, list: [at] }))
    expect(held({ uniqueItems: true }, items)).toBe('fine')
    expect(() => validateData({ uniqueItems: true }, [...items, { list: [7], at: 7 }], 'payload')).toThrow(/duplicate/)
    expect(held({ uniqueItems: true }, [1, '1', true, null, 'null', [1], ['1'], { a: 1 }, { b: 1 }])).toBe('fine')
    expect(held({ uniqueItems: false }, [1, 1])).toBe('fine')
  })

  test('as many ids and dates as fit into a payload', () => {
    const id = { type: 'string', pattern: z.toJSONSchema(z.uuid()).pattern, format: 'uuid' }
    const at = { type: 'string', pattern: z.toJSONSchema(z.iso.datetime()).pattern, format: 'date-time' }
    const items = times(1700, () => ({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', at: '2026-03-04T05:06:07.123Z' }))
    expect(held({ items: { properties: { id, at } } }, items)).toBe('fine')
  })
})

test('links as many and as long as a payload can hold are in proportion', () => {
  const link = { type: 'string', format: 'uri' }
  expect(
    held(
      { items: link },
      times(600, (at) => `https://example.com/${at}/${'a'.repeat(180)}`),
    ),
  ).toBe('fine')
  expect(held(link, `data:image/png;base64,${'A'.repeat(LONG)}`)).toBe('fine')
})

test('more work than any payload needs is refused, however it is asked for', () => {
  const everything = { anyOf: times(1000, () => ({ additionalProperties: { type: 'string' }, required: ['missing'] })) }
  expect(
    held(
      everything,
      named(9000, () => ''),
    ),
  ).toBe('InvalidDataFormat')
  const patterns = { patternProperties: named(900, () => ({ type: 'number' })) }
  expect(
    held(
      patterns,
      named(9000, () => 1),
    ),
  ).toBe('InvalidDataFormat')
  const values = { definitions: { a: { enum: times(500, (at) => ({ same: 'x'.repeat(150), at })) } } }
  expect(
    held(
      { ...values, items: { anyOf: times(300, () => ({ $ref: '#/definitions/a' })) } },
      times(800, () => ({ same: 'x'.repeat(150), at: -1 })),
    ),
  ).toBe('InvalidDataFormat')
})

test('members are only what the data have: names of Object.prototype are names like any other', () => {
  expect(held({ required: ['constructor'] }, {})).toBe('InvalidDataFormat')
  expect(held({ required: ['constructor'] }, { constructor: 1 })).toBe('fine')
  expect(held({ properties: { toString: { type: 'string' }, valueOf: { type: 'string' } } }, {})).toBe('fine')
  expect(held({ properties: { toString: { type: 'string' } } }, { toString: 1 })).toBe('InvalidDataFormat')
  expect(
    held(
      { properties: { hasOwnProperty: { type: 'string' } }, additionalProperties: false },
      JSON.parse('{"__proto__":1}'),
    ),
  ).toBe('InvalidDataFormat')
  for (const name of ['valueOf', 'toString', 'constructor', 'toJSON'])
    for (const schema of [{ const: { a: 1 } }, { enum: [{ a: 1 }, 1] }, { not: { const: { [name]: 1 } } }])
      expect(held(schema, { [name]: 1 })).toBe('InvalidDataFormat')
  expect(held({ uniqueItems: true }, [{ valueOf: 1 }, { valueOf: 2 }])).toBe('fine')
  expect(held({ dependencies: { constructor: ['a'] }, maxProperties: 0 }, {})).toBe('fine')
})

describe('what forms of zod become keeps working', () => {
  const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
  test.each<[string, z.ZodType, string, string]>([
    ['email', z.email(), 'ann@example.com', 'ann@'],
    ['email as browsers see it', z.email({ pattern: z.regexes.html5Email }), 'ann@example.com', 'ann@'],
    ['email with any letters', z.email({ pattern: z.regexes.unicodeEmail }), 'ann@example.com', 'ann'],
    ['uuid', z.uuid(), UUID, `${UUID}0`],
    ['url', z.url(), 'https://example.com/a?b#c', 'nowhere'],
    ['hostname', z.hostname(), 'example.com', '-example'],
    ['emoji', z.emoji(), '👍🏽', 'x'],
    ['nanoid', z.nanoid(), 'V1StGXR8_Z5jdHi6B-myT', 'V1'],
    ['cuid', z.cuid(), 'cjld2cjxh0000qzrmn831i7rn', 'x'],
    ['cuid2', z.cuid2(), 'tz4a98xxat96iws9zmbrgj3a', 'A-'],
    ['ulid', z.ulid(), '01ARZ3NDEKTSV4RRFFQ69G5FAV', '01'],
    ['ipv4', z.ipv4(), '10.0.0.1', '10.0.0.256'],
    ['ipv6', z.ipv6(), '2001:db8::1', '2001:db8:::1'],
    ['cidr', z.cidrv6(), '2001:db8::/32', '2001:db8::/129'],
    ['base64', z.base64(), 'aGVsbG8=', 'aGVsbG8'],
    ['phone', z.e164(), '+15555555555', '555'],
    ['date', z.iso.date(), '2024-02-29', '2023-02-29'],
    ['date-time', z.iso.datetime(), '2024-02-29T10:00:00Z', '2024-02-29'],
    ['time', z.iso.time(), '10:00:00', '25:00:00'],
    ['duration', z.iso.duration(), 'P1Y2M3DT4H', 'PT'],
    ['a part', z.string().includes('a.b'), 'xa.by', 'xaby'],
    ['letters of any language', z.string().regex(/^[\p{L} '-]{1,100}$/u), 'Zoë O’Neil'.replace('’', "'"), '1'],
    ['a password', z.string().regex(/^(?=.*[A-Z])(?=.*\d)(?!.*\s).{8,}$/), 'Secret12', 'secret12'],
  ])('%s', (_, form, good, bad) => {
    const schema = z.toJSONSchema(form)
    expect(held(schema, good)).toBe('fine')
    expect(held(schema, bad)).toBe('InvalidDataFormat')
  })

  // As zod-to-json-schema writes those of zod 3.
  test.each([
    [
      'email',
      String.raw`^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$`,
      'a.b@c.de',
      'a..b@c.de',
    ],
    ['a part, escaped as without the u flag', String.raw`^\é\-a`, 'é-a', 'e-a'],
    ['a name in any line', String.raw`(^|(?<=[\r\n]))[a-zA-Z_]+(?=[xX])`, '1\nax', '1'],
    ['one quote and the same again', String.raw`^(?<quote>['"]).*\k<quote>$`, `'a'`, `'a"`],
    ['a long text', '^[^]{1,5000}$', 'x'.repeat(5000), 'x'.repeat(5001)],
    ['emoji', String.raw`^(\p{Extended_Pictographic}|\p{Emoji_Component})+$`, '👍🏽', 'x'],
  ])('%s', (_, pattern, good, bad) => {
    expect(held({ pattern }, good)).toBe('fine')
    expect(held({ pattern }, bad)).toBe('InvalidDataFormat')
  })

  test('whichever draft it says it is', () => {
    for (const $schema of [
      'https://json-schema.org/draft/2020-12/schema',
      'https://json-schema.org/draft/2019-09/schema',
      'http://json-schema.org/draft-07/schema#',
      'http://json-schema.org/draft-04/schema#',
      '',
    ])
      expect(held({ $schema, type: 'string' }, 1)).toBe('InvalidDataFormat')
  })

  test('formats nobody knows are not checked', () => {
    expect(held({ format: 'lunar' }, 'x')).toBe('fine')
    expect(held({ format: 'constructor' }, 'x')).toBe('fine')
    expect(held({ format: '__proto__' }, 'x')).toBe('fine')
  })
})
