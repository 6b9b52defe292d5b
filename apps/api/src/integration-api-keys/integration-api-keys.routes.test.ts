import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/integrations/iaks'

type Issued = { id: string; note: string; createdAt: string; value: string }

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

const publish = async (version: string, name = 'parrot') =>
  (await createIntegration(await api.owner(), { name, version, user: { tags: { id: {} } } })).id
const issue = async (integrationId: string): Promise<Issued> => {
  const { status, body } = await owner.call('POST', PATH, { integrationId, note: 'ci' })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Issued
}
const expectRefusal = ({ status, body }: Answer, code: number, type: string) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(/not found/) })
  expect(status).toBe(code)
}

test('a key belongs to all versions of an integration: issued for one, listed for each, good for each', async () => {
  const [old, fresh] = [await publish('1.0.0'), await publish('2.0.0')]
  const { id, value, createdAt } = await issue(old)
  expect(value).toMatch(/^bp_iak_/)
  for (const integrationId of [old, fresh]) {
    const { iaks } = (await owner.call('GET', `${PATH}?integrationId=${integrationId}`)).body as { iaks: object[] }
    expect(iaks).toEqual([{ id, note: 'ci', createdAt }])
    const admin = await api.owner()
    await updateBot(admin, api.home.botId, { integrations: { parrot: { integrationId, enabled: true } } }, 'alias')
    const parrot = api.caller(value, { 'x-bot-id': api.home.botId, 'x-integration-id': integrationId })
    // What changed elsewhere is known here within half a second.
    await expect.poll(async () => (await parrot.call('GET', '/v1/chat/users')).status).toBe(200)
  }
})

test('keys of somebody else’s integration are as keys of one that does not exist, also of a public one', async () => {
  const { ctx, integrationId } = await api.neighbour()
  const shown = await createIntegration(ctx, { name: 'shown', version: '1.0.0', visibility: 'public' })
  for (const id of [integrationId, shown.id, newUuid(), 'nonsense']) {
    expectRefusal(await owner.call('POST', PATH, { integrationId: id }), 400, 'ReferenceNotFound')
    expectRefusal(await owner.call('GET', `${PATH}?integrationId=${id}`), 404, 'ResourceNotFound')
  }
})
