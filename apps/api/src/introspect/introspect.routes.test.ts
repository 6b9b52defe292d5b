import { newUuid } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi()
})

const ask = (caller: Caller, botId: string) => caller.call('POST', '/v1/admin/introspect', { botId })

test('a token is told for whom it stands towards a bot', async () => {
  const { workspaceId, botId } = api.home
  const account = await api.account('viewer')
  const { id } = (await account.call('GET', '/v1/admin/account/me')).body['account'] as { id: string }
  expect((await ask(account, botId)).body).toEqual({ workspaceId, botId, userId: id })
  expect((await ask(await api.bot(), botId)).body).toEqual({ workspaceId, botId, userId: botId })
  expect((await ask(await api.integration(), botId)).body).toEqual({ workspaceId, botId, userId: botId })
})

test('a bot out of reach is as good as none', async () => {
  const neighbour = await api.neighbour()
  const other = ((await (await api.account('owner')).call('POST', '/v1/admin/bots', {})).body['bot'] as { id: string })
    .id
  const refused = async (caller: Caller, botId: string) => {
    const { status, body } = await ask(caller, botId)
    expect(body).toMatchObject({ type: 'ReferenceNotFound', message: `botId "${botId}" not found` })
    expect(status).toBe(400)
  }
  for (const botId of [neighbour.botId, newUuid(), 'nonsense']) await refused(await api.account('owner'), botId)
  await refused(await api.bot(), other)
  await refused(await api.integration(), other)
})
