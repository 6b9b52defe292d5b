import type { Access, Role } from '@understudy/contract'
import { expect, test } from 'vitest'
import { refusalOf } from './decide.ts'
import type { Principal } from './principal.ts'

const account: Principal = { kind: 'account', accountId: 'a', roles: {} }
const bot: Principal = { kind: 'bot', botId: 'b', workspaceId: 'w' }
const integration: Principal = { kind: 'integration', familyId: 'f', workspaceId: 'w' }
const emulator: Principal = { kind: 'emulator', botId: 'b', workspaceId: 'w' }
const developers: Access = { callers: ['bot', 'account:developer'] }

test('a kind of caller that is not named is refused', () => {
  expect(refusalOf(developers, bot)).toBeUndefined()
  expect(refusalOf(developers, integration)).toBe('An integration key may not do this.')
  expect(refusalOf(developers, emulator)).toBe('The key of an emulator may not do this.')
  expect(refusalOf({ callers: ['emulator'] }, emulator)).toBeUndefined()
  expect(refusalOf({ callers: ['bot'] }, account, 'owner')).toMatch(/personal access token may not/)
})

test.each<[Role, boolean]>([
  ['billing', false],
  ['viewer', false],
  ['developer', true],
  ['manager', true],
  ['administrator', true],
  ['owner', true],
])('where developers may, the role %s may: %s', (role, may) => {
  expect(refusalOf(developers, account, role) === undefined).toBe(may)
})

test('who is no member may not, whatever is asked of members', () => {
  expect(refusalOf({ callers: ['account:billing'] }, account)).toMatch(/yours is none/)
})

test('what asks for any account asks for no role, what is public for nothing at all', () => {
  expect(refusalOf({ callers: ['account'] }, account)).toBeUndefined()
  expect(refusalOf({ public: true }, integration)).toBeUndefined()
})
