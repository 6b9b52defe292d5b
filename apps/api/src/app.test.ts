import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import { startApi } from './testing/start-api.ts'

let url: string
beforeAll(async () => {
  url = (await startApi()).url
})

describe('a client in a browser', () => {
  const origin = 'https://studio.example'

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('may send a %s with its headers', async (method) => {
    const wanted = 'authorization, content-type, x-bot-id, x-integration-id, x-integration-alias, x-workspace-id'
    const { status, headers } = await fetch(`${url}/v1/chat/users/x`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': wanted },
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    expect(headers.get('access-control-allow-methods')?.split(', ')).toContain(method)
    expect(headers.get('access-control-allow-headers')).toBe(wanted)
  })

  test.each(['/v1/chat/users', '/v1/nothing', '/v1/files/search'])('may read the error of %s', async (path) => {
    const answer = await fetch(`${url}${path}`, { headers: { origin } })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  })
})

test('scripts of other pages than those that are named may not read answers', async () => {
  const { url: picky } = await startApi({ origins: ['https://studio.example', 'https://other.example'] })
  const allowed = async (origin: string) =>
    (await fetch(`${picky}/healthz`, { headers: { origin } })).headers.get('access-control-allow-origin')
  expect(await allowed('https://other.example')).toBe('https://other.example')
  expect(await allowed('https://evil.example')).toBeNull()
  expect(await allowed('null')).toBeNull()
})

test('an answer is shown as a page by no browser, and a page runs and frames nothing that is not its own', async () => {
  const policyOf = async (path: string) => {
    const { headers } = await fetch(`${url}${path}`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    return headers.get('content-security-policy')
  }
  for (const path of ['/healthz', '/v1/chat/users', '/v1/nothing', '/openapi.json'])
    expect([path, await policyOf(path)]).toEqual([path, expect.stringContaining("default-src 'none'")])
  for (const path of ['/', '/docs', '/app/oauth/interstitial']) {
    const policy = await policyOf(path)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/)
  }
  // What runs in them lies beside them.
  expect(await policyOf('/docs')).toContain("script-src 'self'")
})

test('who does not get to the end of the head of a request is told so, and the connection is closed', async () => {
  const { url: hasty } = await startApi({ patience: { headMs: 20, requestMs: 60_000, lookEveryMs: 10 } })
  const socket = connect(Number(new URL(hasty).port), '127.0.0.1')
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1.1 408 /)
  expect(answer).toContain('"type":"InvalidPayload"')
})

test.each([
  ['/', 'text/html'],
  ['/docs', 'text/html'],
  ['/openapi.json', 'application/json'],
  ['/healthz', 'application/json'],
  ['/readyz', 'application/json'],
])('%s is open to everybody', async (path, type) => {
  const answer = await fetch(`${url}${path}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain(type)
})

test('the page at / asks nobody else for anything', async () => {
  const page = await (await fetch(url)).text()
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
})
