import { expect, test } from 'vitest'
import { keptText } from './redact.rules.ts'

test.each([
  ['Invalid key bp_bak_0123456789abcdefghijklmnopqrstuv.', 'Invalid key [redacted].'],
  ['key bp_run_0123456789abcdefghijklmnopqrstuv', 'key [redacted]'],
  ['authorization: Bearer abcdefgh.ijkl~mn', 'authorization: Bearer [redacted]'],
  ['jwt eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln!', 'jwt [redacted]!'],
  ['the bearer of bad news', 'the bearer of bad news'],
])('%j is kept as %j', (said, kept) => {
  expect(keptText(said, 1000)).toBe(kept)
})

test('is cut to its length, even through the middle of a character or of a secret', () => {
  expect(keptText('abcdef', 3)).toBe('abc…')
  expect(keptText('ab😀', 3)).toBe('ab\uFFFD…')
  expect(keptText(`abc bp_pat_${'x'.repeat(32)}`, 10)).toBe('abc [redac…')
})

test('has nothing in it that a database refuses', () => {
  expect(keptText('a\0b\uD800c', 100)).toBe('ab\uFFFDc')
})

test('of any length takes no time worth mentioning', () => {
  const began = performance.now()
  for (const piece of ['Bearer ', 'eyJ', 'eyJaaaaaaaa.', 'bp_pat_', 'a', '.']) keptText(piece.repeat(2_000_000), 8_192)
  expect(performance.now() - began).toBeLessThan(1_000)
})
