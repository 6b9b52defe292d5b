import { newUuid } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/bots/baks'

type Issued = { id: string; note: string; createdAt: string; value: string }

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

const issue = async (botId = api.home.botId, note?: string): Promise<Issued> => {
  const { status, body } = await owner.call('POST', PATH, { botId, note })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Issued
}
const expectRefusal = ({ status, body }: Answer, code: number, type: string) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(/not found/) })
  expect(status).toBe(code)
}

test('a key opens no other bot of its workspace', async () => {
  const other = ((await owner.call('POST', '/v1/admin/bots', {})).body['bot'] as { id: string }).id
  const { value } = await issue()
  expectRefusal(await api.caller(value, { 'x-bot-id': other }).call('GET', '/v1/chat/users'), 404, 'ResourceNotFound')
})

test('keys of somebody else’s bot are as keys of a bot that does not exist', async () => {
  const { botId } = await api.neighbour()
  for (const id of [botId, newUuid(), 'nonsense']) {
    expectRefusal(await owner.call('POST', PATH, { botId: id }), 400, 'ReferenceNotFound')
    expectRefusal(await owner.call('GET', `${PATH}?botId=${id}`), 404, 'ResourceNotFound')
  }
})

test('a bot takes its keys with it, also those that are issued at that moment', async () => {
  for (let round = 0; round < 10; round++) {
    const { id } = (await owner.call('POST', '/v1/admin/bots', {})).body['bot'] as { id: string }
    const [deleted, ...issued] = await Promise.all([
      owner.call('DELETE', `/v1/admin/bots/${id}`),
      ...Array.from({ length: 4 }, () => owner.call('POST', PATH, { botId: id })),
    ])
    expect(deleted.status).toBe(200)
    expect(issued.filter(({ status }) => status !== 200 && status !== 400)).toEqual([])
    for (const { body } of issued.filter(({ status }) => status === 200)) {
      const bot = api.caller((body as Issued).value, { 'x-bot-id': id })
      expect((await bot.call('GET', '/v1/chat/users')).status).toBe(401)
    }
  }
})
