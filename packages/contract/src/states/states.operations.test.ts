import { expect, test } from 'vitest'
import { statesOperations } from './states.operations.ts'

const { body } = statesOperations.setStateExpiry

test('an expiry is whole milliseconds up to 30 days, or null for never', () => {
  expect([1, 1.9, 2_592_000_000, null].map((expiry) => body.parse({ expiry }).expiry)).toEqual([
    1,
    1,
    2_592_000_000,
    null,
  ])
  for (const expiry of [0, 0.5, -1, 2_592_000_001, '60000', undefined])
    expect(body.safeParse({ expiry }).success).toBe(false)
})
