import { beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let url: string
let anybody: Caller

beforeAll(async () => {
  const api = await startApi()
  url = api.url
  anybody = api.caller('')
})

describe.each([
  ['not built yet', 'PUT', '/v1/files', 405, 'MethodNotFound'],
  ['a method the path does not have', 'PUT', '/v1/chat/users', 405, 'MethodNotFound'],
  ['nothing', 'POST', '/v1/nothing', 404, 'ResourceNotFound'],
])('%s', (_, method, path, code, type) => {
  test.each([
    ['text/plain', 'text'],
    ['application/json', '{broken'],
    ['application/json', `"${'x'.repeat(2 * 1024 * 1024)}"`],
    ['nonsense', 'x'],
  ])('is told so whatever the body is (%s)', async (contentType, body) => {
    const answer = await fetch(`${url}${path}`, { method, headers: { 'content-type': contentType }, body })
    expect(await answer.json()).toMatchObject({ code, type, status: code })
  })
})

test('a path under the documentation that leads nowhere is not found', async () => {
  expect((await anybody.call('GET', '/docs/static/nothing.js')).body).toMatchObject({ type: 'ResourceNotFound' })
})

test('a slash at the end changes nothing', async () => {
  expect((await anybody.call('GET', '/healthz/')).status).toBe(200)
})
