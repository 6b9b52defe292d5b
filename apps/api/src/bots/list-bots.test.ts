import type { Bot, BotSummary } from '@understudy/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

const botIn = ({ status, body }: Answer): Bot => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['bot'] as Bot
}
const make = async (input: object = {}, caller = owner) => botIn(await caller.call('POST', '/v1/admin/bots', input))
const change = (id: string, changes: object, caller = owner) => caller.call('PUT', `/v1/admin/bots/${id}`, changes)

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

describe('the list', () => {
  const walk = async (query: string) => {
    const seen: BotSummary[] = []
    let token = ''
    do {
      const answer = await owner.call('GET', `/v1/admin/bots?${query}${token ? `&nextToken=${token}` : ''}`)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      seen.push(...(answer.body['bots'] as BotSummary[]))
      token = (answer.body['meta'] as { nextToken?: string }).nextToken ?? ''
    } while (token)
    return seen.map(({ name }) => name)
  }

  beforeAll(async () => {
    for (const n of [1, 2, 3, 4, 5]) await make({ name: `listed${n}`, tags: { list: 'yes', odd: String(n % 2) } })
    await make({ name: 'listed on a laptop', dev: true, tags: { list: 'yes' } })
  })

  test('is newest first, page by page, each bot once', async () => {
    expect(await walk('tags.list=yes&pageSize=2')).toEqual(['listed5', 'listed4', 'listed3', 'listed2', 'listed1'])
    expect(await walk('tags.list=yes&pageSize=2&sortDirection=asc')).toEqual([
      'listed1',
      'listed2',
      'listed3',
      'listed4',
      'listed5',
    ])
  })

  test('goes by the last change where asked to', async () => {
    const bots = (await owner.call('GET', '/v1/admin/bots?tags.list=yes')).body['bots'] as BotSummary[]
    const third = bots.find(({ name }) => name === 'listed3')
    await change(third?.id ?? '', { description: 'touched' })
    expect((await walk('tags.list=yes&pageSize=2&sortField=updatedAt'))[0]).toBe('listed3')
  })

  test('refuses the token of a list with another filter', async () => {
    const { body } = await owner.call('GET', '/v1/admin/bots?tags.list=yes&pageSize=2')
    const { nextToken } = body['meta'] as { nextToken: string }
    const answer = await owner.call('GET', `/v1/admin/bots?pageSize=2&nextToken=${nextToken}`)
    expectRefusal(answer, 400, 'InvalidQuery', /nextToken/)
  })
})
