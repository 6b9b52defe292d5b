import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Bot, BotIssue } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { type Reaction, receiver } from '@understudy/testkit'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let admin: Caller
beforeAll(async () => {
  api = await startApi()
  admin = await api.account('developer', { 'x-multiple-integrations': 'true' })
})

const saying =
  (status: number, headers: Record<string, string>, body: string | Buffer = ''): Reaction =>
  (_call, response) =>
    void response.writeHead(status, headers).end(body)

/** An integration in a bot, at a port of its own. */
const scene = async (definition: object = {}) => {
  const parrot = await receiver(saying(200, {}))
  const made = await admin.call('POST', '/v1/admin/integrations', {
    name: `understudy/parrot${newUuid().slice(0, 8)}`,
    version: '1.0.0',
    dev: true,
    url: parrot.url,
    ...definition,
  })
  const { id: integrationId, name } = made.body['integration'] as { id: string; name: string }
  const { id: botId } = (await admin.call('POST', '/v1/admin/bots', { dev: true })).body['bot'] as Bot
  const install = async (enabled: boolean) => {
    const integrations = { parrot: { integrationId, enabled } }
    return (await admin.call('PUT', `/v1/admin/bots/${botId}`, { integrations })).body['bot'] as Bot
  }
  const { webhookId = '' } = (await install(true)).integrations['parrot'] ?? {}
  return {
    ...parrot,
    name,
    integrationId,
    webhookId,
    install,
    issues: async () => (await admin.call('GET', `/v1/admin/bots/${botId}/issues`)).body['issues'] as BotIssue[],
    requests: () => parrot.heard.map(({ body }) => body['req'] as Record<string, unknown>),
    installation: async () =>
      ((await admin.call('GET', `/v1/admin/bots/${botId}`)).body['bot'] as Bot).integrations['parrot'],
  }
}

const visit = (path: string, init: RequestInit = {}) => fetch(`${api.url}${path}`, { redirect: 'manual', ...init })

let on: Awaited<ReturnType<typeof scene>>
beforeEach(async () => {
  on = await scene()
})

describe('a webhook', () => {
  test('hands method, rest of the path, query, headers and body to the integration, as they came', async () => {
    const body = '{"a" : 1}'
    await visit(`/webhook/${on.webhookId}/a%2Fb/c?x=%20&y`, { method: 'PUT', body, headers: { 'x-odd': 'yes' } })
    await visit(`/webhook/${on.webhookId}`)
    expect(on.requests()).toMatchObject([
      { method: 'PUT', path: '/a%2Fb/c', query: 'x=%20&y', headers: { 'x-odd': 'yes' }, body },
      { method: 'GET', path: '/', query: '' },
    ])
    expect(on.heard[0]?.headers).toMatchObject({ 'x-bp-operation': 'webhook_received', 'x-webhook-id': on.webhookId })
  })

  test('takes any type of body, none, broken JSON and bytes, which arrive as Base64', async () => {
    const post = (body: string | Uint8Array, type: string) =>
      visit(`/webhook/${on.webhookId}`, { method: 'POST', body, headers: { 'content-type': type } })
    await post('{', 'application/json')
    await post('a=b', 'application/x-www-form-urlencoded')
    await post(new Uint8Array([0xff, 0x00]), 'application/octet-stream')
    expect(on.requests().map((request) => [request['body'], request['isBase64Encoded']])).toEqual([
      ['{', undefined],
      ['a=b', undefined],
      ['/wA=', true],
    ])
  })

  test('gives back status, headers and bytes of the answer, without what was for this server', async () => {
    const picture = Buffer.from([0x89, 0xff, 0x00])
    on.behave(
      saying(418, { 'content-type': 'image/png', 'x-own': 'yes', 'x-bp-secret': 'no', connection: 'close' }, picture),
    )
    const answer = await visit(`/webhook/${on.webhookId}`)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-own')]).toEqual([
      418,
      'image/png',
      'yes',
    ])
    expect([answer.headers.get('x-bp-secret'), answer.headers.get('connection')]).toEqual([null, 'keep-alive'])
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture)
  })

  test('shows pages of the integration as those of a stranger, and its own policy holds too', async () => {
    const policyOf = async (headers: Record<string, string>) => {
      on.behave(saying(200, headers, '<p>Hello</p>'))
      return (await visit(`/webhook/${on.webhookId}`)).headers.get('content-security-policy')
    }
    expect(await policyOf({ 'content-type': 'text/html' })).toMatch(
      /^sandbox allow-scripts allow-forms (?!.*allow-same-origin)/,
    )
    // Without a type, a browser may take anything for a page.
    expect(await policyOf({})).toMatch(/^sandbox /)
    expect(await policyOf({ 'content-type': 'text/html', 'content-security-policy': "default-src 'self'" })).toMatch(
      /^default-src 'self', sandbox /,
    )
    expect(await policyOf({ 'content-type': 'image/png' })).toBeNull()
  })

  test('leaves what browsers ask for to the integration', async () => {
    on.behave(saying(204, { 'access-control-allow-origin': 'https://only.example' }))
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' }
    const answer = await visit(`/webhook/${on.webhookId}`, { method: 'OPTIONS', headers })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, 'https://only.example'])
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('that nobody has is not found; a disabled one is refused; one that does not answer is a bad gateway', async () => {
    expect((await visit(`/webhook/${newUuid()}`)).status).toBe(404)
    expect((await visit('/webhook/nobody')).status).toBe(404)
    on.behave((_call, response) => void response.socket?.destroy())
    const broken = await visit(`/webhook/${on.webhookId}`, { method: 'POST', body: 'x' })
    expect([broken.status, await broken.json()]).toMatchObject([502, { type: 'Runtime', code: 502 }])
    await on.install(false)
    expect((await visit(`/webhook/${on.webhookId}`)).status).toBe(403)
    const large = await visit(`/webhook/${on.webhookId}`, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024) })
    expect(large.status).toBe(413)
  })

  test('that fails, however often, is told to the owner of the bot', async () => {
    await visit(`/webhook/${on.webhookId}`)
    expect(await on.issues()).toEqual([])
    on.behave(saying(500, {}))
    for (let n = 0; n < 3; n++) expect((await visit(`/webhook/${on.webhookId}`)).status).toBe(500)
    expect(await on.issues()).toMatchObject([
      { code: 'webhook_failed', title: 'The webhook of the integration "parrot" failed' },
    ])
    // Once a minute, and a minute may just have ended.
    expect((await on.issues())[0]?.eventsCount).toBeLessThan(3)
  })

  test('learns from an answer by what the outside world knows the installation', async () => {
    on.behave(saying(200, { 'x-bp-integration-identifier': `T-${on.webhookId}` }))
    await visit(`/webhook/${on.webhookId}`)
    expect((await on.installation())?.identifier).toBe(`T-${on.webhookId}`)
  })
})

describe('an answer is passed on while it comes', () => {
  /** Lets the integration answer bit by bit. */
  const answering = (head: Record<string, string> = {}) => {
    const answers: ServerResponse[] = []
    on.behave((_call, response) => {
      response.writeHead(200, head).flushHeaders()
      answers.push(response)
    })
    return answers
  }
  const pour = (response: ServerResponse): void => {
    while (!response.destroyed)
      if (!response.write('x'.repeat(64 * 1024))) return void response.once('drain', () => pour(response))
  }

  test('head first, then every part of it', async () => {
    const answers = answering({ 'content-type': 'text/event-stream' })
    const answer = await visit(`/webhook/${on.webhookId}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    const reader = answer.body?.getReader()
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      answers[0]?.write(event)
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(event)
    }
    answers[0]?.end()
    expect((await reader?.read())?.done).toBe(true)
  })

  test('as long as it says it is, and of no other length', async () => {
    on.behave(saying(200, { 'content-length': '4' }, 'four'))
    const answer = await visit(`/webhook/${on.webhookId}`)
    expect([answer.headers.get('content-length'), await answer.text()]).toEqual(['4', 'four'])
    const head = await visit(`/webhook/${on.webhookId}`, { method: 'HEAD' })
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['4', ''])
    on.behave(saying(200, { 'content-length': '200000000' }))
    expect((await visit(`/webhook/${on.webhookId}`)).status).toBe(502)
  })

  test('and breaks off where it does', async () => {
    const answers = answering()
    const answer = await visit(`/webhook/${on.webhookId}`)
    answers[0]?.write('half')
    answers[0]?.destroy()
    await expect(answer.text()).rejects.toThrow('terminated')
  })

  test('and is over when nobody listens any more', async () => {
    const answers = answering()
    const visitor = new AbortController()
    await visit(`/webhook/${on.webhookId}`, { signal: visitor.signal })
    visitor.abort()
    await expect.poll(() => answers.map(({ destroyed }) => destroyed)).toEqual([true])
  })

  test('to somebody who does not read only for as long as a call may take', async () => {
    await admin.call('PUT', `/v1/admin/integrations/${on.integrationId}`, { maxExecutionTime: 1 })
    const answers = answering()
    const { hostname, port } = new URL(api.url)
    const visitor = connect(Number(port), hostname).pause()
    visitor.write(`GET /webhook/${on.webhookId} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
    await expect.poll(() => answers).toHaveLength(1)
    for (const answer of answers) pour(answer)
    await expect.poll(() => answers.map(({ destroyed }) => destroyed), { timeout: 30_000 }).toEqual([true])
    visitor.destroy()
  })
})

test.each<[string, number, Record<string, string | string[]>, number]>([
  ['two cookies', 200, { 'set-cookie': ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'] }, 200],
  ['a status that is none', 799, {}, 502],
  ['a header that cannot be sent on', 200, { 'x-odd': Buffer.from('☂').toString('latin1') }, 200],
])('an answer with %s is passed on as far as it can be', async (_, status, headers, expected) => {
  on.behave((_call, response) => void response.writeHead(status, headers).end())
  const answer = await visit(`/webhook/${on.webhookId}`)
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([expected, headers['set-cookie'] ?? []])
})

test.each([
  '/integration/global/%ff',
  '/integration/global/%zz',
  '/webhook/%ff',
  '/webhook/oauth?state=%ff',
  '/webhook/',
])('the address %s leads nowhere, and hurts nobody', async (path) => {
  const { status } = await visit(path, { method: 'POST', body: 'x' })
  expect([400, 404]).toContain(status)
})

describe('an authorization', () => {
  test('comes back to the installation that its state names, in the address or in a form, and ends on a page', async () => {
    const done = await visit(`/webhook/oauth?code=1&state=${on.webhookId}`)
    expect([done.status, done.headers.get('location')]).toEqual([
      302,
      'http://understudy.test/app/oauth/interstitial?success=true',
    ])
    const body = new URLSearchParams({ state: on.webhookId })
    await visit('/webhook/oauth/wizard/end', { method: 'POST', body })
    expect(on.requests().map(({ path, query }) => [path, query])).toEqual([
      ['/oauth', `code=1&state=${on.webhookId}`],
      ['/oauth/wizard/end', ''],
    ])
    on.behave(saying(400, {}, '{"message":"<b>No</b>"}'))
    const failed = String((await visit(`/webhook/oauth?state=${on.webhookId}`)).headers.get('location'))
    const page = await visit(new URL(failed).pathname + new URL(failed).search)
    expect(await page.text()).toContain('&lt;b&gt;No&lt;/b&gt;')
    expect((await visit('/webhook/oauth?state=nobody')).status).toBe(404)
  })

  test('whose integration has a page of its own ends on that', async () => {
    on.behave(saying(200, { 'x-bp-disable-interstitial': 'true', 'content-type': 'text/html' }, '<p>Step 2</p>'))
    const answer = await visit(`/webhook/oauth/wizard/two?state=${on.webhookId}`)
    expect([answer.status, await answer.text(), answer.headers.get('x-bp-disable-interstitial')]).toEqual([
      ...[200, '<p>Step 2</p>'],
      null,
    ])
    on.behave(saying(302, { location: 'https://example.com/' }))
    expect((await visit(`/webhook/oauth?state=${on.webhookId}`)).headers.get('location')).toBe('https://example.com/')
  })
})

describe('the one webhook of all installations', () => {
  const identifier = {
    extractScript: 'body = parse_json!(.body); body.team',
    fallbackHandlerScript:
      '{ "status": 202, "headers": { "x-by": "script" }, "body": string!(.secrets.WORD) + string!(.path) }',
  }
  const post = (name: string, body: object) =>
    visit(`/integration/global/${name}`, { method: 'POST', body: JSON.stringify(body) })

  test('goes to the one that a script says it is for; for none, another script answers', async () => {
    const shared = await scene({ identifier, secrets: { WORD: 'hush' } })
    shared.behave(saying(200, { 'x-bp-integration-identifier': 'T9' }))
    await visit(`/webhook/${shared.webhookId}`)
    shared.behave(saying(201, {}, 'Mine'))
    for (const name of [shared.name, encodeURIComponent(shared.name)]) {
      const mine = await post(name, { team: 'T9' })
      expect([mine.status, await mine.text()]).toEqual([201, 'Mine'])
    }
    const other = await post(shared.name, { team: 'T10' })
    expect([other.status, other.headers.get('x-by'), await other.text()]).toEqual([202, 'script', 'hush/'])
    expect((await post(shared.name, [])).status).toBe(202)
    expect((await post('home/nobody', {})).status).toBe(404)
  })
})
