import { beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller
let colleague: Caller

beforeAll(async () => {
  api = await startApi()
  developer = await api.account('developer')
  colleague = await api.account('developer')
})

describe.each([
  ['an account', '/v1/admin/account/preferences', false],
  ['a workspace', '/v1/admin/workspaces/preferences', true],
])('what is remembered for %s', (_, path, isShared) => {
  const get = async (key: string, caller = developer) => {
    const { status, body } = await caller.call('GET', `${path}/${encodeURIComponent(key)}`)
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const set = async (key: string, body: object) => {
    const answer = await developer.call('POST', `${path}/${encodeURIComponent(key)}`, body)
    expect(answer).toMatchObject({ status: 200, body: {} })
  }

  test.each([['text'], [7], [false], [null], [{ b: 1, a: [null] }], [[]]])('may be %j', async (value) => {
    await set('some/key ü', { value })
    expect(JSON.stringify(await get('some/key ü'))).toBe(JSON.stringify({ value }))
  })

  test('is the last that was set, until it is forgotten', async () => {
    await set('theme', { value: 'dark' })
    await set('theme', { value: 'light' })
    expect(await get('theme')).toEqual({ value: 'light' })
    await set('theme', {})
    expect(await get('theme')).toEqual({})
  })

  test('is seen by those it is for', async () => {
    await set('whose', { value: 1 })
    expect(await get('whose', colleague)).toEqual(isShared ? { value: 1 } : {})
    expect(await get('whose', (await api.neighbour()).asOwner)).toEqual({})
  })

  test('has a name of at most 200 characters', async () => {
    await set('x'.repeat(200), { value: 1 })
    const { status, body } = await developer.call('POST', `${path}/${'x'.repeat(201)}`, { value: 1 })
    expect([status, body['type'], body['message']]).toEqual([400, 'InvalidQuery', expect.stringMatching(/^key/)])
  })

  test('is one value, however many set it at once', async () => {
    await Promise.all(Array.from({ length: 10 }, (__, value) => set('contested', { value })))
    expect(await get('contested')).toEqual({ value: expect.any(Number) as number })
  })
})
