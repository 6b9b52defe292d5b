import { expect, test } from 'vitest'
import { isUuid, newErrorId, newId, newToken, newUuid } from './ids.ts'

test('ids look as official tools expect, and no two are alike', () => {
  const ids = Array.from({ length: 10_000 }, () => newId('conv'))
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^conv_[0-9A-HJKMNP-TV-Z]{26}$/)
})

test('every character of the alphabet turns up in the random part', () => {
  const random = Array.from({ length: 1000 }, () => newId('msg').slice(-16)).join('')
  expect(new Set(random).size).toBe(32)
})

test('an error id carries its moment', () => {
  expect(newErrorId(new Date('2026-03-04T05:06:07.089Z'))).toMatch(/^err_20260304050607x[0-9A-F]{8}$/)
})

test('a token names its kind, and can stand in a header or a URL as it is', () => {
  expect(newToken('bak')).toMatch(/^bp_bak_[\w-]{32}$/)
})

test('only a UUID passes for one', () => {
  expect(isUuid(newUuid())).toBe(true)
  expect(isUuid(`${newUuid()}\n`)).toBe(false)
  expect(isUuid('nobody')).toBe(false)
})
