import type { Bot } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { receiver } from '@understudy/testkit'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let admin: Caller
beforeAll(async () => {
  api = await startApi()
  admin = await api.account('developer')
})

const botIn = ({ status, body }: Answer): Bot => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['bot'] as Bot
}
const make = async (input: object, caller = admin) => botIn(await caller.call('POST', '/v1/admin/bots', input))
const change = async (id: string, changes: object) => botIn(await admin.call('PUT', `/v1/admin/bots/${id}`, changes))

test('a bot that runs anew is called to register before its change is answered, and otherwise it is not', async () => {
  const { url, registrations } = await receiver()
  const { id } = await make({ dev: true, url })
  expect(registrations.map(({ headers }) => headers)).toMatchObject([
    { 'x-bot-id': id, 'x-bp-operation': 'register', 'x-bp-type': 'register' },
  ])
  await change(id, { name: 'another name' })
  expect(registrations).toHaveLength(1)
  const schema = { type: 'object', properties: { mood: { type: 'string' } } }
  await change(id, { configuration: { schema, data: { mood: 'good' } } })
  const configuration = Buffer.from('{"mood":"good"}').toString('base64')
  expect(registrations.slice(1).map(({ headers }) => headers)).toMatchObject([{ 'x-bp-configuration': configuration }])
  await change(id, { url: null })
  await change(id, { secrets: { WORD: 'hush' } })
  expect(registrations).toHaveLength(2)
})

test('one that cannot register is what it was changed to; its owner is told why', async () => {
  const { url, onRegister } = await receiver()
  onRegister((_call, response) => void response.writeHead(400).end('{"type":"Runtime","message":"Not in the mood"}'))
  const { id } = await make({ dev: true, url, name: 'moody' })
  expect(botIn(await admin.call('GET', `/v1/admin/bots/${id}`)).name).toBe('moody')
  await change(id, { url })
  const { issues } = (await admin.call('GET', `/v1/admin/bots/${id}/issues`)).body
  expect(issues).toMatchObject([{ code: 'bot_registration_failed', eventsCount: 2 }])
  const { logs } = (await admin.call('GET', `/v1/admin/bots/${id}/logs`)).body
  expect(logs).toMatchObject([
    { level: 'error', message: 'The bot failed to register: Not in the mood' },
    { level: 'error', message: 'The bot failed to register: Not in the mood' },
  ])
})

test('made under a key it is called once, when everybody can see it', async () => {
  const { url, registrations, onRegister } = await receiver()
  const seen: number[] = []
  onRegister(({ headers }, response) => {
    void admin.call('GET', `/v1/admin/bots/${String(headers['x-bot-id'])}`).then(({ status }) => {
      seen.push(status)
      response.end('{}')
    })
  })
  const token = admin.headers['authorization']?.slice('Bearer '.length) ?? ''
  const keyed = api.caller(token, { ...admin.headers, 'idempotency-key': newUuid() })
  const { id } = await make({ dev: true, url }, keyed)
  expect((await make({ dev: true, url }, keyed)).id).toBe(id)
  expect([registrations.length, seen]).toEqual([1, [200]])
})
