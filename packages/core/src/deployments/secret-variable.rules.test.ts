import { expect, test } from 'vitest'
import { secretVariable } from './secret-variable.rules.ts'

test.each([
  ['API_KEY', 'SECRET_API_KEY'],
  ['apiKey', 'SECRET_API_KEY'],
  ['api-key', 'SECRET_API_KEY'],
  ['oauth2Token', 'SECRET_OAUTH2_TOKEN'],
])('the secret %s is found as %s', (name, variable) => {
  expect(secretVariable(name)).toBe(variable)
})
