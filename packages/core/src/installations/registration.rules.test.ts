import { expect, test } from 'vitest'
import { registrationAfter } from './registration.rules.ts'

const on = { enabled: true, status: 'registered' }
const off = { enabled: false, status: 'unregistered' }
const plain = { isChanged: false, isCallable: true, lacksIdentifier: false }

test.each([
  ['installed and enabled', { known: undefined, enabled: true }, 'registration_pending', 'register'],
  ['installed only', { known: undefined, enabled: false }, 'unregistered', undefined],
  ['enabled', { known: off, enabled: true }, 'registration_pending', 'register'],
  ['reconfigured', { known: on, enabled: true, isChanged: true }, 'registration_pending', 'register'],
  [
    'named again after a failure',
    { known: { enabled: true, status: 'registration_failed' }, enabled: true },
    'registration_pending',
    'register',
  ],
  ['disabled', { known: on, enabled: false }, 'unregistration_pending', 'unregister'],
  ['disabled, and runs nowhere', { known: on, enabled: false, isCallable: false }, 'unregistered', undefined],
  ['enabled, and runs nowhere', { known: off, enabled: true, isCallable: false }, 'registered', undefined],
  [
    'enabled without its identifier',
    { known: off, enabled: true, lacksIdentifier: true },
    'registration_pending',
    undefined,
  ],
])('what is %s', (_, change, status, owed) => {
  expect(registrationAfter({ ...plain, ...change })).toMatchObject({ status, owed })
})

test.each([
  ['named as it is', { known: on, enabled: true }],
  ['reconfigured while it is disabled', { known: off, enabled: false, isChanged: true }],
])('what is %s stays as it is', (_, change) => {
  expect(registrationAfter({ ...plain, ...change })).toBeUndefined()
})
