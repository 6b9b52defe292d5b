import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromBase64 } from './base64.ts'

test.each([0, 1, 2, 3, 4, 255, 1_000_000])('%i bytes come back as they were, in either alphabet', (size) => {
  const bytes = randomBytes(size)
  for (const text of [bytes.toString('base64'), bytes.toString('base64url')])
    expect(fromBase64(text)?.equals(bytes)).toBe(true)
})

test.each(['A', 'AAAAA', 'Hello, world', 'data:text/plain;base64,AAAA', 'AA=A', 'AA===', 'AA=', '=', 'AA\n', 'ä'])(
  '%j is no Base64',
  (text) => {
    expect(fromBase64(text)).toBeUndefined()
  },
)
