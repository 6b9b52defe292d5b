import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeJsonValues, isProperlyEncoded, parseQuery } from './parse-query.ts'

test.each([
  ['tags.id=1&tags.a.b=2&tags.x:y%23z=3', { tags: { id: '1', 'a.b': '2', 'x:y#z': '3' } }],
  ['tags[id]=1&tags%5Ba.b%5D=2', { tags: { id: '1', 'a.b': '2' } }],
  ['participantIds=a&participantIds=b', { participantIds: ['a', 'b'] }],
  ['participantIds[]=a&participantIds[]=b', { participantIds: ['a', 'b'] }],
  ['participantIds[0]=a&participantIds[1]=b', { participantIds: ['a', 'b'] }],
  ['tags.0=zero', { tags: { '0': 'zero' } }],
  ['tags.list%5B0%5D=1&tags.all%5B%5D=2', { tags: { 'list[0]': '1', 'all[]': '2' } }],
  ['tags[a[b]]=1', { tags: { 'a[b]': '1' } }],
  ['nextToken=a+b%2Bc', { nextToken: 'a b+c' }],
  ['', {}],
])('%s', (text, query) => {
  expect(parseQuery(text)).toEqual(query)
})

test('names like __proto__ are names like any other', () => {
  const query = parseQuery('__proto__=1&tags.__proto__=2&tags.constructor=3')
  expect(Object.keys(query)).toEqual(['__proto__', 'tags'])
  expect(Object.keys(query['tags'] as object)).toEqual(['__proto__', 'constructor'])
  expect(({} as Record<string, unknown>)['1']).toBeUndefined()
})

const SEPARATORS = ['a', '0', '.', '[', ']', ':', '#', '%', '&', '=']

test('whatever tags a client sends with dots come back as they were', () => {
  // Mostly the characters that separate, because those are what a name may be mistaken by.
  const tagName = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.string({ unit: fc.constantFrom(...SEPARATORS), minLength: 1 }),
  )
  const tags = fc.dictionary(tagName, fc.string(), { minKeys: 1 })
  fc.assert(
    fc.property(tags, (sent) => {
      const text = Object.entries(sent).map(
        ([name, value]) => `tags.${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
      )
      expect(Object.entries(parseQuery(text.join('&'))['tags'] as object)).toEqual(Object.entries(sent))
    }),
  )
})

test('one JSON text stands for an object or a list where the operation expects one, and only there', () => {
  const schema = z.object({
    tags: z.record(z.string(), z.string()).optional(),
    ids: z.array(z.string()).optional(),
    search: z.string().optional(),
  })
  const sent = { tags: '{"id":"1"}', ids: '["a"]', search: '{"id":"1"}' }
  expect(decodeJsonValues(schema, sent)).toEqual({ tags: { id: '1' }, ids: ['a'], search: '{"id":"1"}' })
  expect(decodeJsonValues(schema, { search: '{broken' })).toEqual({ search: '{broken' })
  for (const broken of [{ tags: '{broken' }, { ids: '["a"' }])
    expect(() => decodeJsonValues(schema, broken)).toThrow(/^(tags|ids): is not valid JSON$/)
})

test('a filter no object can match is refused rather than dropped', () => {
  const schema = z.object({ tags: z.record(z.string(), z.string()).optional() })
  for (const text of ['tags.__proto__=1', `tags=${encodeURIComponent('{"__proto__":"1"}')}`])
    expect(() => decodeJsonValues(schema, parseQuery(text))).toThrow(/^tags: holds the forbidden key/)
})

test('what is not properly percent-encoded is told from what is', () => {
  expect(['/a?b=%C3%A4', '/a?b=100%25', '/a?b=a+b'].every(isProperlyEncoded)).toBe(true)
  expect(['/a?b=%FF', '/a?b=100%', '/a?b=%zz'].some(isProperlyEncoded)).toBe(false)
})
