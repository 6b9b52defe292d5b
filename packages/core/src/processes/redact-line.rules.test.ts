import { expect, test } from 'vitest'
import { redactLine } from './redact-line.rules.ts'

const CANARY = 'canary"\\ 123'

test.each([
  { req: { headers: { Authorization: `Basic ${CANARY}`, cookie: CANARY, 'x-bp-configuration': CANARY } } },
  { err: { config: { headers: { 'set-cookie': [CANARY, CANARY], 'proxy-authorization': CANARY } } } },
  { body: { clientSecret: CANARY, access_token: CANARY, refreshToken: CANARY, password: CANARY, apiKey: CANARY } },
  { integration: { secrets: { WORD: CANARY, OTHER: `{${CANARY}` } } },
  { msg: 'connect postgres://me:canary@db/understudy failed' },
  { msg: 'header was "authorization": Bearer canary-123.abc' },
  { msg: `key bp_bak_canary${'x'.repeat(20)}` },
])('secrets do not leave: %j', (line) => {
  const written = redactLine(JSON.stringify({ ...line, operationId: 'getUser' }))
  expect(written).not.toContain('canary')
  expect(JSON.parse(written)).toMatchObject({ operationId: 'getUser' })
})

test('all else is written as it is', () => {
  const line = JSON.stringify({
    level: 30,
    requestId: 'a',
    msg: 'the token "x" is https://example.com/a:b@c',
    tokens: 3,
  })
  expect(redactLine(line)).toBe(line)
})

test('a long line takes no time worth mentioning', () => {
  const began = performance.now()
  for (const piece of ['"', '":"', '"token', 'a', '"token":{"', 'a://b:', '\\"']) redactLine(piece.repeat(300_000))
  expect(performance.now() - began).toBeLessThan(2_000)
})
