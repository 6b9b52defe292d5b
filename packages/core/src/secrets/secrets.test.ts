import { expect, test } from 'vitest'
import { createSecrets, WrongSecretKey } from './secrets.ts'

const [old, fresh] = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210']

test('what was sealed is read back, and never twice the same bytes', () => {
  const secrets = createSecrets(old)
  expect(secrets.open(secrets.seal('häuptling'))).toBe('häuptling')
  expect(secrets.seal('x').equals(secrets.seal('x'))).toBe(false)
})

test('after a rotation the old key still opens, and the new one seals', () => {
  const sealed = createSecrets(old).seal('secret')
  const rotated = createSecrets(`${fresh},${old}`)
  expect(rotated.open(sealed)).toBe('secret')
  expect(createSecrets(fresh).open(rotated.seal('secret'))).toBe('secret')
})

test('another key is told apart from damage', () => {
  const sealed = createSecrets(old).seal('secret')
  expect(() => createSecrets(fresh).open(sealed)).toThrow(WrongSecretKey)
  const damaged = Buffer.from(sealed)
  damaged[damaged.length - 1]! ^= 1
  expect(() => createSecrets(old).open(damaged)).toThrow(/authenticate/)
})

test('a token stored under the old key is found after a rotation', () => {
  const [stored] = createSecrets(old).hashesOf('bp_pat_x')
  expect(
    createSecrets(`${fresh},${old}`)
      .hashesOf('bp_pat_x')
      .some((hash) => hash.equals(stored!)),
  ).toBe(true)
})

test('a token matches what it is stored under, whichever key hashed it, and no other token does', () => {
  const stored = createSecrets(old).hashesOf('bp_secret_x')[0]!
  expect(createSecrets(`${fresh},${old}`).matches('bp_secret_x', stored)).toBe(true)
  expect(createSecrets(old).matches('bp_secret_y', stored)).toBe(false)
  expect(createSecrets(fresh).matches('bp_secret_x', stored)).toBe(false)
})

test('parts are signed as they are, not glued together', () => {
  const secrets = createSecrets(old)
  expect(secrets.verify(secrets.sign('ab', 'c'), 'a', 'bc')).toBe(false)
  expect(secrets.verify(secrets.sign('ab', 'c'), 'ab', 'c')).toBe(true)
})
