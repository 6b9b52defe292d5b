import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeJsonValues, parseQuery } from './parse-query.ts'

test.each([
  ['tags.id=1&tags.a.b=2&tags.x:y%23z=3', { tags: { id: '1', 'a.b': '2', 'x:y#z': '3' } }],
  ['tags[id]=1&tags%5Ba.b%5D=2', { tags: { id: '1', 'a.b': '2' } }],
  ['participantIds=a&participantIds=b', { participantIds: ['a', 'b'] }],
  ['participantIds[]=a&participantIds[]=b', { participantIds: ['a', 'b'] }],
  ['participantIds[0]=a&participantIds[1]=b', { participantIds: ['a', 'b'] }],
  ['tags.0=zero', { tags: { '0': 'zero' } }],
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

test('whatever tags a client sends with dots come back as they were', () => {
  const tags = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { minKeys: 1 })
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
  expect(decodeJsonValues(schema, { tags: '{broken' })).toEqual({ tags: '{broken' })
})
