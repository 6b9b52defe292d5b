import { expect, test } from 'vitest'
import { newUuid } from '../ids.ts'
import { createSecrets } from '../secrets/index.ts'
import { deploymentKey, holderOfKey } from './deployment-key.ts'

const server = { secrets: createSecrets('0123456789abcdef0123456789abcdef') }

test.each(['bot', 'integration'] as const)('the key of a deployed %s names it', (kind) => {
  const holder = { kind, id: newUuid() }
  expect(holderOfKey(server, deploymentKey(server, holder))).toEqual(holder)
})

test('a key with one character changed anywhere, or from another server, names nobody', () => {
  const key = deploymentKey(server, { kind: 'bot', id: newUuid() })
  for (let at = 0; at < key.length; at++) {
    const other = `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`
    expect(holderOfKey(server, other), `changed at ${at}`).toBeUndefined()
  }
  const elsewhere = { secrets: createSecrets('fedcba9876543210fedcba9876543210') }
  for (const nonsense of ['', 'bp_run_', `${key}A`, key.slice(0, -1)])
    expect(holderOfKey(server, nonsense), nonsense).toBeUndefined()
  expect(holderOfKey(elsewhere, key)).toBeUndefined()
})
