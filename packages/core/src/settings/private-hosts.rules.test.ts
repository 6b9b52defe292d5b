import { expect, test } from 'vitest'
import { allowPrivateHosts, showMetrics } from './private-hosts.rules.ts'
import { readSettings, SETTINGS } from './settings.ts'

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('a server on %s calls bots around it', (HOST) => {
  expect(allowPrivateHosts(readSettings(SETTINGS, { HOST }))).toBe(true)
})

test.each(['0.0.0.0', '::', '10.0.0.1', '192.168.1.2', 'understudy.example', '127.example.com'])(
  'a server on %s does not',
  (HOST) => {
    expect(allowPrivateHosts(readSettings(SETTINGS, { HOST }))).toBe(false)
  },
)

test('a process that listens nowhere does not', () => {
  expect(allowPrivateHosts({})).toBe(false)
})

test.each([
  ['0.0.0.0', 'on', true],
  ['0.0.0.0', 'true', true],
  ['127.0.0.1', 'off', false],
  ['127.0.0.1', 'false', false],
])('on %s the setting %s decides', (HOST, word, allowed) => {
  const settings = readSettings(SETTINGS, { HOST, UNDERSTUDY_ALLOW_PRIVATE_HOSTS: word })
  expect(allowPrivateHosts(settings)).toBe(allowed)
})

test.each([
  ['127.0.0.1', undefined, true],
  ['0.0.0.0', undefined, false],
  ['0.0.0.0', 'on', true],
  ['127.0.0.1', 'off', false],
])('on %s with UNDERSTUDY_METRICS=%s, whether metrics are shown is %s', (host, word, shown) => {
  expect(showMetrics(readSettings(SETTINGS, { UNDERSTUDY_METRICS: word }), host)).toBe(shown)
})
