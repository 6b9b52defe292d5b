import { expect, test } from 'vitest'
import { readCommand } from './command.ts'

test.each([
  ['create --bot B', { verb: 'create', standsFor: { kind: 'bot', botId: 'B' } }],
  [
    'create --bot B --alias A',
    { verb: 'create', standsFor: { kind: 'installation', botId: 'B', integrationAlias: 'A' } },
  ],
  ['create --account --note N', { verb: 'create', standsFor: { kind: 'account' }, note: 'N' }],
  ['list', { verb: 'list' }],
  ['list --bot B', { verb: 'list', botId: 'B' }],
  ['revoke K', { verb: 'revoke', clientKey: 'K' }],
])('%s is understood', (text, command) => {
  expect(readCommand(text.split(' '))).toEqual(command)
})

test.each([
  '',
  'destroy',
  'create',
  'create --alias A',
  'create --account --bot B',
  'create --account --alias A',
  'create --bot B extra',
  'create --bot',
  'list --account',
  'list --bot B --note N',
  'revoke',
  'revoke K L',
  'revoke K --bot B',
  'list --loud',
])('%j is told the usage, and nothing happens', (text) => {
  expect(() => readCommand(text.split(' ').filter(Boolean))).toThrow(/^[\s\S]*Usage:/)
})
