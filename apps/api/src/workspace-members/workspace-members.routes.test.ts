import type { Role, WorkspaceMember } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/workspace-members'

let api: Awaited<ReturnType<typeof startApi>>
let administrator: Caller

beforeAll(async () => {
  api = await startApi()
  administrator = await api.account('administrator')
})

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}
const ok = <T = WorkspaceMember>({ status, body }: Answer): T => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body as T
}
const newEmail = () => `${newUuid()}@example.com`
const add = (input: object, caller = administrator) => caller.call('POST', PATH, { sendEmail: false, ...input })
const me = async (caller: Caller) => ok(await caller.call('GET', `${PATH}/me`))
const change = (id: string, role?: Role, caller = administrator) => caller.call('PUT', `${PATH}/${id}`, { role })
const remove = (id: string, caller = administrator) => caller.call('DELETE', `${PATH}/${id}`)
const sight = (caller: Caller) => caller.call('GET', '/v1/admin/bots')
/** The owner the first start made. */
const theOwner = async () => {
  const { workspaceId, accountId } = api.home
  return api.platform.db.prisma.workspaceMember.findFirstOrThrow({ where: { workspaceId, accountId } })
}

test('who is added by an address nobody has yet gets an account that is pending', async () => {
  const email = newEmail()
  const member = ok(await add({ email: email.toUpperCase(), role: 'developer' }))
  expect(member).toMatchObject({ email, role: 'developer', createdAt: expect.stringMatching(/Z$/) })
  const account = await api.platform.db.prisma.account.findUniqueOrThrow({
    where: { email },
    include: { tokens: true },
  })
  expect(account).toMatchObject({ id: member.userId, emailVerified: false, tokens: [] })
})

test('who has an account is added with it, and let in at once', async () => {
  const { asOwner: stranger } = await api.neighbour()
  const { account } = (await stranger.call('GET', '/v1/admin/account/me')).body as {
    account: { id: string; email: string }
  }
  const here = api.caller(String(stranger.headers['authorization']).slice('Bearer '.length), {
    'x-workspace-id': api.home.workspaceId,
  })
  expectRefusal(await sight(here), 404, 'ResourceNotFound', /not found/)
  const member = ok(await add({ email: account.email, role: 'viewer' }))
  expect(member.userId).toBe(account.id)
  expect((await sight(here)).status).toBe(200)
  ok(await remove(member.id))
  expectRefusal(await sight(here), 404, 'ResourceNotFound', /not found/)
})

test('nobody is added twice, however many try at once', async () => {
  const email = newEmail()
  const answers = await Promise.all(Array.from({ length: 5 }, () => add({ email, role: 'viewer' })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const answer of answers.filter(({ status }) => status !== 200))
    expectRefusal(answer, 409, 'AlreadyExists', /member of this workspace already/)
})

test('what is no address or no role is refused', async () => {
  expectRefusal(await add({ email: 'nobody', role: 'viewer' }), 400, 'InvalidPayload', /^email/)
  expectRefusal(await add({ email: newEmail(), role: 'king' }), 400, 'InvalidPayload', /^role/)
})

describe('a role', () => {
  test('that was changed holds from the next request on', async () => {
    const viewer = await api.account('viewer')
    const { id } = await me(viewer)
    expectRefusal(await viewer.call('POST', '/v1/admin/bots', {}), 403, 'Forbidden', /developer/)
    expect(ok(await change(id, 'developer'))).toMatchObject({ id, role: 'developer' })
    expect((await viewer.call('POST', '/v1/admin/bots', {})).status).toBe(200)
    expect((await me(viewer)).role).toBe('developer')
  })

  test('stays as it is where none is named', async () => {
    const { id } = await me(await api.account('manager'))
    expect(ok(await change(id)).role).toBe('manager')
  })

  test('is never more than that of who gives it, and the owner’s is given by nobody', async () => {
    const { id } = await me(await api.account('viewer'))
    for (const caller of [administrator, await api.account('owner')]) {
      expectRefusal(await add({ email: newEmail(), role: 'owner' }, caller), 403, 'Forbidden', /one owner/)
      expectRefusal(await change(id, 'owner', caller), 403, 'Forbidden', /one owner/)
    }
    const manager = await api.account('manager')
    expectRefusal(await change(id, 'viewer', manager), 403, 'Forbidden', /administrator/)
    expectRefusal(await change((await me(manager)).id, 'administrator', manager), 403, 'Forbidden', /administrator/)
  })
})

test('the owner can neither be removed nor demoted, and does not leave', async () => {
  const { id } = await theOwner()
  expectRefusal(await remove(id), 403, 'Forbidden', /owner/)
  expectRefusal(await change(id, 'viewer'), 403, 'Forbidden', /owner/)
  const owner = await api.account('owner')
  expectRefusal(await remove((await me(owner)).id, owner), 403, 'Forbidden', /owner/)
})

test('whoever is less than an administrator removes nobody, but may leave', async () => {
  const leaving = await api.account('viewer')
  const { id } = await me(leaving)
  expectRefusal(await remove(id, await api.account('manager')), 403, 'Forbidden', /administrator/)
  ok(await remove(id, leaving))
  expectRefusal(await sight(leaving), 404, 'ResourceNotFound', /not found/)
})

test('two changes of one member end well: one of them comes first', async () => {
  const { id } = await me(await api.account('viewer'))
  const answers = await Promise.all([change(id, 'manager'), remove(id), change(id, 'developer'), remove(id)])
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  expectRefusal(await change(id, 'viewer'), 404, 'ResourceNotFound', /not found/)
})

test('the list is complete while others come and go, newest first', async () => {
  const added: string[] = []
  for (let n = 0; n < 5; n++) added.push(ok(await add({ email: newEmail(), role: 'viewer' })).id)
  const seen: string[] = []
  let token: string | undefined
  do {
    const answer = ok<{ members: WorkspaceMember[]; meta: { nextToken?: string } }>(
      await administrator.call('GET', `${PATH}?pageSize=2${token ? `&nextToken=${token}` : ''}`),
    )
    seen.push(...answer.members.map(({ id }) => id))
    token = answer.meta.nextToken
    ok(await add({ email: newEmail(), role: 'viewer' }))
  } while (token)
  expect(seen.slice(0, 5)).toEqual(added.toReversed())
  expect(seen).toContain((await theOwner()).id)
  expect(new Set(seen).size).toBe(seen.length)
})
