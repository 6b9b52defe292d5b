import { property } from '@understudy/testkit'
import { Ajv } from 'ajv'
import ajvFormats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSchema } from './compile-schema.ts'
import { withinBudget } from './effort.ts'

const plain = new Ajv({ strict: false, logger: false, ownProperties: true, inlineRefs: false })
ajvFormats.default(plain)

const names = fc.constantFrom('a', 'b', 'ab', 'length')
const value = fc.oneof(
  { depthSize: 'small' },
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1, 1.5, 2, '', 'a', 'ab', '2024-02-29', 'a@b.co', '😀', [], {}),
  fc.array(fc.constantFrom<unknown>(0, 1, 'a', [1], { a: 1 }), { maxLength: 4 }),
  fc.dictionary(names, fc.constantFrom<unknown>(0, 1, 'a', 'ab', [1, 1], { a: 1 }), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
)
const count = fc.nat({ max: 3 })
const keyword = <T>(name: string, of: fc.Arbitrary<T>) => of.map((one): [string, T] => [name, one])
const { schema } = fc.letrec<{ schema: object }>((tie) => {
  const sub = tie('schema')
  const list = fc.array(sub, { minLength: 1, maxLength: 3 })
  const plainWords = [
    keyword(
      'type',
      fc.constantFrom('string', 'number', 'integer', 'object', 'array', 'boolean', 'null', ['string', 'array']),
    ),
    keyword('enum', fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) })),
    keyword('const', value),
    keyword('minLength', count),
    keyword('maxLength', count),
    keyword('pattern', fc.constantFrom('^a', 'b$', '^[a-c]+$', '^(?!b)a*')),
    keyword('format', fc.constantFrom('date', 'email', 'ipv4', 'uuid', 'unknown')),
    keyword('minimum', count),
    keyword('multipleOf', fc.constantFrom(1, 2)),
    keyword('minItems', count),
    keyword('uniqueItems', fc.boolean()),
    keyword('required', fc.uniqueArray(names, { maxLength: 2 })),
    keyword('minProperties', count),
    keyword('maxProperties', count),
    keyword('propertyNames', fc.constantFrom({ pattern: '^a' }, { maxLength: 1 })),
    keyword('$ref', fc.constantFrom('#/definitions/one', '#/definitions/two')),
  ]
  const nestedWords = [
    keyword('properties', fc.dictionary(names, sub, { maxKeys: 3, noNullPrototype: true })),
    keyword('additionalProperties', fc.oneof(fc.boolean(), sub)),
    keyword(
      'patternProperties',
      fc.dictionary(fc.constantFrom('^a', 'b$'), sub, { maxKeys: 2, noNullPrototype: true }),
    ),
    keyword('dependencies', fc.dictionary(names, sub, { maxKeys: 2, noNullPrototype: true })),
    keyword('items', fc.oneof(sub, list)),
    keyword('additionalItems', sub),
    keyword('contains', sub),
    keyword('allOf', list),
    keyword('anyOf', list),
    keyword('oneOf', list),
    keyword('not', sub),
    keyword('if', sub),
    keyword('then', sub),
    keyword('else', sub),
  ]
  const of = (words: fc.Arbitrary<[string, unknown]>[]) =>
    fc.array(fc.oneof(...words), { maxLength: 3 }).map((all) => Object.fromEntries(all) as object)
  return { schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, of(plainWords), of([...plainWords, ...nestedWords])) }
})

test('a bounded check says what ajv says', () => {
  fc.assert(
    fc.property(schema, schema, schema, fc.array(value, { minLength: 1, maxLength: 5 }), (root, one, two, values) => {
      const whole = { ...root, definitions: { one, two: { ...two, $ref: '#/definitions/one' } } }
      const verdict = (compile: (it: object) => (data: unknown) => boolean): unknown => {
        try {
          return values.map(compile(whole))
        } catch {
          return 'no schema, or one without end'
        }
      }
      const bounded = verdict((it) => {
        const validate = compileSchema(it)
        return (data) => withinBudget(() => validate(data))
      })
      expect(bounded).toEqual(verdict((it) => plain.compile(it)))
    }),
    property(150),
  )
})
