import type { Account } from '@understudy/contract'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/account/me'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi()
})

const accountIn = ({ status, body }: Answer): Account => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['account'] as Account
}
const change = (caller: Caller, changes: object) => caller.call('PUT', PATH, changes)

test('an account changes how it is shown, and keeps what it does not name', async () => {
  const caller = await api.account('viewer')
  const before = accountIn(await caller.call('GET', PATH))
  const profile = { displayName: 'Ann', profilePicture: 'https://example.com/ann.png' }
  expect(accountIn(await change(caller, profile))).toEqual({ ...before, ...profile })
  expect(accountIn(await change(caller, { displayName: 'Anna', refresh: true }))).toEqual({
    ...before,
    ...profile,
    displayName: 'Anna',
  })
  const me = await caller.call('GET', '/v1/admin/workspace-members/me')
  expect(me.body).toMatchObject({ ...profile, displayName: 'Anna', userId: before.id })
})

test('a name is at most 100 characters long', async () => {
  const { status, body } = await change(await api.account('viewer'), { displayName: 'x'.repeat(101) })
  expect([status, body['type']]).toEqual([400, 'InvalidPayload'])
})

test('an account that is deleted is gone with its tokens, and what it did stays on record', async () => {
  const caller = await api.account('developer')
  const { id, email } = accountIn(await caller.call('GET', PATH))
  expect((await caller.call('POST', '/v1/admin/bots', { name: 'left behind' })).status).toBe(200)
  expect(await caller.call('POST', PATH, {})).toMatchObject({ status: 200, body: {} })
  expect((await caller.call('GET', PATH)).status).toBe(401)
  const owner = await api.account('owner')
  const { members } = (await owner.call('GET', '/v1/admin/workspace-members')).body as { members: { userId: string }[] }
  expect(members.map(({ userId }) => userId)).not.toContain(id)
  const { body } = await owner.call('GET', `/v1/admin/workspaces/${api.home.workspaceId}/audit-records?pageSize=1`)
  expect(body['records']).toMatchObject([{ action: 'CREATE_BOT', userId: id, userEmail: email }])
})

test('an account that owns a workspace is not deleted', async () => {
  const caller = await api.account('viewer')
  const { id } = (await caller.call('POST', '/v1/admin/workspaces', { name: 'Mine' })).body as { id: string }
  const refused = await caller.call('POST', PATH, {})
  expect([refused.status, refused.body['type']]).toEqual([409, 'ReferenceConstraint'])
  expect((await caller.call('DELETE', `/v1/admin/workspaces/${id}`)).status).toBe(200)
  expect((await caller.call('POST', PATH, {})).status).toBe(200)
})
