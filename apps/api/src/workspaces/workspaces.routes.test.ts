import type { Workspace } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/workspaces'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

test('a member sees the workspace, with a handle and the number of its bots', async () => {
  const workspace = async () => (await owner.call('GET', `${PATH}/${api.home.workspaceId}`)).body as Workspace
  const before = await workspace()
  expect(before).toMatchObject({ id: api.home.workspaceId, handle: 'understudy', botCount: 1, blocked: false })
  await owner.call('POST', '/v1/admin/bots', {})
  expect((await workspace()).botCount).toBe(2)
})

test('who only pays for it does not see it, as the access table says', async () => {
  const billing = await api.account('billing')
  expectRefusal(await billing.call('GET', `${PATH}/${api.home.workspaceId}`), 403, 'Forbidden', /viewer/)
  expect((await (await api.account('viewer')).call('GET', `${PATH}/${api.home.workspaceId}`)).status).toBe(200)
})

test('a workspace one is no member of is as good as none', async () => {
  const { workspaceId } = await api.neighbour()
  for (const id of [workspaceId, newUuid(), 'nonsense', 'constructor'])
    expectRefusal(await owner.call('GET', `${PATH}/${id}`), 404, 'ResourceNotFound', /not found/)
})

test('the list holds the caller’s own, newest first, page by page, and those with a handle where one is asked for', async () => {
  const { neighbours, account } = await memberOfMany(3)
  const walk = async (query: string) => {
    const seen: string[] = []
    let token: string | undefined
    do {
      const { status, body } = await account.call('GET', `${PATH}?${query}${token ? `&nextToken=${token}` : ''}`)
      expect(status, JSON.stringify(body)).toBe(200)
      seen.push(...(body['workspaces'] as Workspace[]).map(({ id }) => id))
      token = (body['meta'] as { nextToken?: string }).nextToken
    } while (token)
    return seen
  }
  expect(await walk('pageSize=1')).toEqual([...neighbours.toReversed(), api.home.workspaceId])
  expect(await walk('handle=understudy')).toEqual([api.home.workspaceId])
  expect(await walk('handle=nobody')).toEqual([])
  const mine = (await owner.call('GET', PATH)).body['workspaces'] as Workspace[]
  expect(mine.map(({ id }) => id)).toEqual([api.home.workspaceId])
})

/** An account that is in its home and in other workspaces as well, oldest first. */
const memberOfMany = async (count: number) => {
  const account = await api.account('viewer')
  const { id: accountId } = (await account.call('GET', '/v1/admin/account/me')).body['account'] as { id: string }
  const neighbours: string[] = []
  for (let n = 0; n < count; n++) {
    const { workspaceId } = await api.neighbour()
    neighbours.push(workspaceId)
    const createdAt = api.platform.clock.now()
    await api.platform.db.prisma.workspaceMember.create({
      data: { id: newUuid(), workspaceId, accountId, role: 'viewer', createdAt },
    })
  }
  return { neighbours, account }
}
