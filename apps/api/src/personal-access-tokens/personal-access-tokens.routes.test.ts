import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/account/pats'

type Issued = { id: string; note: string; createdAt: string; value: string }

let api: Awaited<ReturnType<typeof startApi>>
let ann: Caller

beforeAll(async () => {
  api = await startApi()
  ann = await api.account('viewer')
})

const issue = async (note: string): Promise<Issued> => {
  const { status, body } = await ann.call('POST', PATH, { note })
  expect(status, JSON.stringify(body)).toBe(200)
  return body['pat'] as Issued
}

test('nobody sees or revokes the tokens of somebody else in the same workspace', async () => {
  const { id } = await issue('mine')
  const bob = await api.account('owner')
  expect(((await bob.call('GET', PATH)).body['pats'] as { id: string }[]).map((one) => one.id)).not.toContain(id)
  const answer = await bob.call('DELETE', `${PATH}/${id}`)
  expect(answer.body).toMatchObject({ type: 'ResourceNotFound' })
  expect(((await ann.call('GET', PATH)).body['pats'] as { id: string }[]).map((one) => one.id)).toContain(id)
})
