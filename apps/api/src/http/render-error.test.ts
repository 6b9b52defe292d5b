import { Writable } from 'node:stream'
import type { PlatformContext } from '@understudy/core'
import { connectDb } from '@understudy/db'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { buildApp } from '../app.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'
import { implement } from './implement.ts'

const OPEN = { method: 'GET', tenant: 'nobody', access: { public: true }, status: 200, summary: '' } as const
const faulty = implement(
  {
    answerAmiss: { ...OPEN, path: '/v1/amiss', response: z.object({ count: z.number() }) },
    giveUp: { ...OPEN, path: '/v1/give-up', response: z.object({}) },
  },
  {
    answerAmiss: async () => ({ count: 'hunter2' as unknown as number }),
    giveUp: () => Promise.reject(new Error('hunter2')),
  },
)

const lines: string[] = []
const logger = pino(new Writable({ write: (line, _, done) => (lines.push(String(line)), done()) }))

let platform: PlatformContext
let owner: Caller
const closing: (() => Promise<unknown>)[] = []

const listening = async (on: PlatformContext): Promise<string> => {
  const app = await buildApp(on, logger)
  await app.register(faulty)
  closing.push(() => app.close())
  return app.listen({ host: '127.0.0.1', port: 0 })
}

beforeAll(async () => {
  const api = await startApi()
  platform = api.platform
  owner = await api.account('owner')
})
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
})

test.each([
  ['/v1/amiss', 'answerAmiss', /expected number/],
  ['/v1/give-up', 'giveUp', /hunter2/],
])('%s: what is our fault is told to the operator, and to the client only by its id', async (path, id, reason) => {
  const url = await listening(platform)
  const answer = await fetch(`${url}${path}`)
  const body = (await answer.json()) as Record<string, unknown>
  expect(answer.status).toBe(500)
  expect(body).toMatchObject({ code: 500, type: 'Internal', status: 500, id: expect.stringMatching(/^err_/) })
  expect(JSON.stringify(body)).not.toMatch(/hunter2|count/)
  const line = lines.find((one) => one.includes(String(body['id']))) ?? ''
  expect(JSON.parse(line)).toMatchObject({ operationId: id, err: { message: expect.stringMatching(reason) } })
})

test('a database that is away is worth another try, and says so', async () => {
  const db = connectDb({ url: 'postgres://postgres@127.0.0.1:1/nothing' })
  closing.push(db.close)
  const url = await listening({ ...platform, db })
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const away = { database: 'no answer', migrations: 'no answer' }
  for (const [path, body] of [
    ['/readyz', { status: 'not ready', checks: away }],
    ['/v1/chat/users', { code: 503, type: 'Internal', status: 503 }],
  ] as const) {
    const answer = await fetch(`${url}${path}`, { headers: owner.headers })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject(body)
  }
})

test('what a client sent comes back in part, with where it was and what is wrong', async () => {
  const { body } = await owner.call('POST', '/v1/chat/users', { tags: { ['k'.repeat(500_000)]: 5 } })
  expect(JSON.stringify(body).length).toBeLessThan(4000)
  expect(body).toMatchObject({ type: 'InvalidPayload', message: expect.stringMatching(/^tags\.k+….*expected string/) })
})

test('an id longer than any is not found', async () => {
  expect((await owner.call('GET', `/v1/chat/users/${'x'.repeat(5000)}`)).body).toMatchObject({
    type: 'ResourceNotFound',
    message: expect.stringContaining('not found'),
  })
})

test('a body that is JSON but no object is refused, no body at all is an empty one', async () => {
  const message = async (body?: string) => (await owner.call('POST', '/v1/chat/users', body)).body['message']
  expect(await message('null')).toMatch(/expected object, received null/)
  expect(await message()).toMatch(/^tags: /)
})

test('a query that is not properly encoded is refused', async () => {
  expect((await owner.call('GET', '/v1/chat/users?tags.id=%FF')).body).toMatchObject({ type: 'InvalidQuery' })
})

test('a body beyond the limit is refused before it is read', async () => {
  const sent = JSON.stringify({ tags: {}, name: 'x'.repeat(1024 * 1024) })
  const { body } = await owner.call('POST', '/v1/chat/users', sent)
  expect(body).toMatchObject({
    code: 413,
    type: 'PayloadTooLarge',
    metadata: { limit: 'bodyBytes', max: 1024 * 1024, actual: sent.length },
  })
  const pieces = new Blob([sent]).stream()
  const headers = { ...owner.headers, 'content-type': 'application/json' }
  const inPieces = await fetch(`${await listening(platform)}/v1/chat/users`, {
    ...{ method: 'POST', headers, body: pieces, duplex: 'half' },
  })
  expect(((await inPieces.json()) as Answer['body'])['metadata']).toEqual({ limit: 'bodyBytes', max: 1024 * 1024 })
})

test('no token is ever logged', async () => {
  await fetch(`${await listening(platform)}/v1/give-up`, { headers: owner.headers })
  expect(lines.join('')).not.toContain(owner.headers['authorization']?.slice('Bearer '.length))
})
