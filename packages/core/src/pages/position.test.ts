import { expect, test } from 'vitest'
import type { PlatformContext } from '../context.ts'
import { createSecrets } from '../secrets/index.ts'
import { fromToken, toToken } from './position.ts'

const under = (key: string) => ({ secrets: createSecrets(key) }) as PlatformContext
const ctx = under('0123456789abcdef0123456789abcdef')
const position = { value: '2026-01-02T03:04:05.678Z', seq: '42' }
const list = ['users.list', 'bot-1', { tags: { id: '1' } }]
const token = toToken(ctx, position, list)

test('a token leads back to its position in its own list', () => {
  expect(fromToken(ctx, token, list)).toEqual(position)
})

test.each([
  ['another bot', ['users.list', 'bot-2', { tags: { id: '1' } }]],
  ['another filter', ['users.list', 'bot-1', { tags: { id: '2' } }]],
  ['another list', ['messages.list', 'bot-1', { tags: { id: '1' } }]],
])('it is refused for %s', (_, other) => {
  expect(() => fromToken(ctx, token, other)).toThrow(/nextToken/)
})

test('it is refused with any single bit flipped', () => {
  for (let at = 0; at < token.length; at++)
    for (let bit = 0; bit < 7; bit++) {
      const forged = token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << bit)) + token.slice(at + 1)
      expect(() => fromToken(ctx, forged, list), `character ${at}, bit ${bit}`).toThrow(/nextToken/)
    }
})

test('it needs no encoding in a URL', () => {
  expect(encodeURIComponent(token)).toBe(token)
})

test('it holds under a key that was rotated out but is still known, and under no other', () => {
  const [old, fresh] = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210']
  expect(fromToken(under(`${fresh},${old}`), token, list)).toEqual(position)
  expect(() => fromToken(under(fresh), token, list)).toThrow(/nextToken/)
})
