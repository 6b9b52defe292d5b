import { expect, test } from 'vitest'
import { inputHash } from './input-hash.rules.ts'

test('the order of keys makes no other input, the order of a list does', () => {
  const hash = inputHash({ a: 1, b: { c: [1, 2], d: null } })
  expect(inputHash({ b: { d: null, c: [1, 2] }, a: 1 })).toEqual(hash)
  expect(inputHash({ a: 1, b: { c: [2, 1], d: null } })).not.toEqual(hash)
})
