import type { Integration } from '@understudy/contract'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/integrations'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller

beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

let count = 0
const freshName = (): string => `parrot${++count}`
const integrationIn = ({ status, body }: Answer): Integration => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['integration'] as Integration
}
const publish = async (properties: object = {}) =>
  integrationIn(await owner.call('POST', PATH, { name: freshName(), version: '1.0.0', ...properties }))
const read = async (id: string, caller = owner) => integrationIn(await caller.call('GET', `${PATH}/${id}`))
const byName = (name: string, version: string) =>
  owner.call('GET', `${PATH}/${encodeURIComponent(name)}/${encodeURIComponent(version)}`)
const change = (id: string, changes: object) => owner.call('PUT', `${PATH}/${id}`, changes)

const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

test('of twenty versions published at once under one number, one is', async () => {
  const name = freshName()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => owner.call('POST', PATH, { name, version: '1.0.0' })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const answer of answers.filter(({ status }) => status !== 200))
    expectRefusal(answer, 409, 'AlreadyExists', /1\.0\.0/)
})

test('of twenty versions published at once under one new name, all are', async () => {
  const name = freshName()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => owner.call('POST', PATH, { name, version: `1.0.${n}` })),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
})

test('twenty changes at once lose nothing', async () => {
  const { id } = await publish()
  const names = Array.from({ length: 20 }, (_, n) => `event${n}`)
  const answers = await Promise.all(names.map((name) => change(id, { events: { [name]: { schema: {} } } })))
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200))
  expect(Object.keys((await read(id)).events).toSorted()).toEqual(names.toSorted())
})

test('deleting the last version takes with it none that is published at that moment', async () => {
  for (let round = 0; round < 10; round++) {
    const { id, name } = await publish()
    const [deleted, published] = await Promise.all([
      owner.call('DELETE', `${PATH}/${id}`),
      owner.call('POST', PATH, { name, version: '2.0.0' }),
    ])
    expect(deleted.status).toBe(200)
    expect(integrationIn(await byName(name, 'latest')).id).toBe(integrationIn(published).id)
  }
})
