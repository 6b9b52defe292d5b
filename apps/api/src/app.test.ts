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
