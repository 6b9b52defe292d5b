import { expect, test } from 'vitest'
import { mergeByName, withoutNulls } from './merge-by-name.rules.ts'

test('null removes a name, a name that is not mentioned stays, order is kept', () => {
  const merged = mergeByName({ a: 1, b: 2, c: 3 }, { b: null, c: 4, d: 5 })
  expect(Object.entries(merged)).toEqual([
    ['a', 1],
    ['c', 4],
    ['d', 5],
  ])
})

test('no changes change nothing', () => {
  expect(mergeByName({ a: 1 }, undefined)).toEqual({ a: 1 })
})

test('something new has no names to remove', () => {
  expect(withoutNulls({ a: 'x', b: null })).toEqual({ a: 'x' })
})
