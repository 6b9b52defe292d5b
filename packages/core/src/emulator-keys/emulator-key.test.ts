import { expect, test } from 'vitest'
import { newUuid } from '../ids.ts'
import { createSecrets } from '../secrets/index.ts'
import { botOfEmulatorKey, emulatorKey } from './emulator-key.ts'

const [OLD, NEW] = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210']
const server = (secretKey = OLD) => ({ secrets: createSecrets(secretKey) })

test('a key names its bot, and looks like a token', () => {
  const bot = newUuid()
  const key = emulatorKey(server(), bot)
  expect(key).toMatch(/^bp_emu_[\w-]{43}$/)
  expect(botOfEmulatorKey(server(), key)).toBe(bot)
})

test('a key with one character changed anywhere, or of another bot’s id, names none', () => {
  const key = emulatorKey(server(), newUuid())
  for (let at = 0; at < key.length; at++) {
    const other = `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`
    expect(botOfEmulatorKey(server(), other), `changed at ${at}`).toBeUndefined()
  }
  for (const nonsense of ['', 'bp_emu_', `${key}A`, key.slice(0, -1), `bp_emu_${newUuid()}`])
    expect(botOfEmulatorKey(server(), nonsense), nonsense).toBeUndefined()
})

test('a key outlives a rotation of SECRET_KEY as long as the old one is named, and no longer', () => {
  const bot = newUuid()
  const key = emulatorKey(server(OLD), bot)
  expect(botOfEmulatorKey(server(`${NEW},${OLD}`), key)).toBe(bot)
  expect(botOfEmulatorKey(server(NEW), key)).toBeUndefined()
})
