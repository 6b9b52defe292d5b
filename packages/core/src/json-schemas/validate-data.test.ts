import { expect, test } from 'vitest'
import { checkJsonSchema, validateData } from './validate-data.ts'

const schema = { type: 'object', properties: { age: { type: 'number', 'x-zui': {} } }, required: ['age'] }

test('data that fit pass, data that do not are refused by the path of what is wrong', () => {
  expect(() => validateData(schema, { age: 7 }, 'payload')).not.toThrow()
  expect(() => validateData(schema, { age: 'x' }, 'payload')).toThrow('payload.age: must be number')
  expect(() => validateData(schema, {}, 'payload')).toThrow(/payload: must have required property 'age'/)
})

test('equal schemas are one, wherever they come from; equal ids of different schemas do not get in each other’s way', () => {
  const first = { $id: 'same', type: 'object', properties: { a: { type: 'string' } } }
  const second = { $id: 'same', type: 'object', properties: { a: { type: 'number' } } }
  expect(() => validateData(first, { a: 'x' }, 'payload')).not.toThrow()
  expect(() => validateData(second, { a: 1 }, 'payload')).not.toThrow()
  expect(() => validateData(structuredClone(first), { a: 1 }, 'payload')).toThrow(/a: must be string/)
})

test.each([[{ type: 'nonsense' }], [{ $ref: '#/definitions/missing' }], [{ properties: { a: { minimum: 'x' } } }]])(
  '%j is no schema that data could be held against',
  (broken) => {
    expect(() => checkJsonSchema(broken, 'states.a.schema')).toThrow(/^states.a.schema: /)
  },
)
