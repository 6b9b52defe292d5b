import { expect, test } from 'vitest'
import { visibilityOf } from './visibility.rules.ts'

test.each([
  [{}, undefined],
  [{ public: true }, 'public'],
  [{ public: false }, 'private'],
  [{ visibility: 'unlisted' as const }, 'unlisted'],
  [{ visibility: 'private' as const, public: true }, 'private'],
])('%j says %s: `visibility` wins over the older spelling', (given, visibility) => {
  expect(visibilityOf(given)).toBe(visibility)
})
