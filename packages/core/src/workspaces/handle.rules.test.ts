import { expect, test } from 'vitest'
import { handlesLike, isHandle } from './handle.rules.ts'

test.each([
  ['acme', true],
  ['a_1', true],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['ab', false],
  ['-acme', false],
  ['acme_', false],
  ['Acme', false],
  ['ac me', false],
])('%j is a handle: %s', (text, is) => expect(isHandle(text)).toBe(is))

test.each(['acme', 'a', '-_-', '_acme-', 'x'.repeat(50)])(
  'what is suggested in place of %j could be taken',
  (wanted) => {
    const suggested = handlesLike(wanted)
    expect(suggested.length).toBeGreaterThan(3)
    expect(suggested.filter((one) => !isHandle(one))).toEqual([])
    expect(suggested).not.toContain(wanted)
  },
)
