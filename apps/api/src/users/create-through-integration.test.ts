import type { Bot } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { receiver } from '@understudy/testkit'
import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let admin: Caller
beforeAll(async () => {
  api = await startApi()
  admin = await api.account('developer', { 'x-multiple-integrations': 'true' })
})

const creation = { enabled: true, requiredTags: ['phone'] }

/** A bot, and an integration that looks its users and conversations up by itself. */
const scene = async () => {
  const parrot = await receiver()
  const made = await admin.call('POST', '/v1/admin/integrations', {
    name: `parrot${newUuid().slice(0, 8)}`,
    version: '1.0.0',
    dev: true,
    url: parrot.url,
    user: { tags: { phone: {}, seen: {} }, creation },
    channels: {
      call: { messages: {}, conversation: { tags: { phone: {} }, creation } },
      room: { messages: {}, conversation: { tags: { phone: {} } } },
    },
  })
  const { id: integrationId } = made.body['integration'] as { id: string }
  const created = await admin.call('POST', '/v1/admin/bots', { dev: true, user: { tags: { vip: {} } } })
  const { id: botId } = created.body['bot'] as Bot
  await admin.call('PUT', `/v1/admin/bots/${botId}`, { integrations: { polly: { integrationId, enabled: true } } })
  const { body: key } = await admin.call('POST', '/v1/admin/integrations/iaks', { integrationId })
  const asParrot = api.caller(String(key['value']), { 'x-bot-id': botId, 'x-integration-id': integrationId })
  parrot.behave(({ headers, body }, response) => {
    const noun = String(headers['x-bp-operation']).slice('create_'.length)
    const tags = { ...(body['tags'] as object), ...(noun === 'user' ? { seen: 'yes' } : {}) }
    const wanted = { ...body, tags }
    void asParrot
      .call('POST', `/v1/chat/${noun}s/get-or-create`, wanted)
      .then((answer) => response.end(JSON.stringify({ [noun]: answer.body[noun] })))
  })
  return { ...parrot, botId, bot: await api.bot(botId) }
}

test('a user that a bot asks an integration for is the one that the integration makes, with what the bot adds', async () => {
  const { bot, heard } = await scene()
  const wanted = { integrationName: 'polly', tags: { 'polly:phone': '123', vip: 'yes' }, name: 'Ann' }
  const { status, body } = await bot.call('POST', '/v1/chat/users', wanted)
  expect([status, body['user']]).toMatchObject([
    201,
    { name: 'Ann', tags: { 'polly:phone': '123', 'polly:seen': 'yes', vip: 'yes' } },
  ])
  expect(heard.map((call) => [call.headers['x-bp-operation'], call.body])).toEqual([
    ['create_user', { tags: { phone: '123' } }],
  ])
  const again = await bot.call('POST', '/v1/chat/users/get-or-create', wanted)
  expect(again.body).toMatchObject({ user: { id: (body['user'] as { id: string }).id }, meta: { created: false } })
})

test('a conversation is the one that the integration starts, on the channels that want that', async () => {
  const { bot, heard } = await scene()
  const start = (channel: string, tags: object) =>
    bot.call('POST', '/v1/chat/conversations', { integrationName: 'polly', channel, tags })
  expect((await start('call', { 'polly:phone': '123' })).body['conversation']).toMatchObject({
    channel: 'call',
    tags: { 'polly:phone': '123' },
  })
  expect((await start('room', {})).status).toBe(201)
  expect(heard.map(({ body }) => body)).toEqual([{ channel: 'call', tags: { phone: '123' } }])
})

test('a tag that the integration needs has to be given, and what it answers has to be its own', async () => {
  const { bot, heard, behave } = await scene()
  const make = () => bot.call('POST', '/v1/chat/users', { integrationName: 'polly', tags: { 'polly:phone': '1' } })
  const missing = await bot.call('POST', '/v1/chat/users', { integrationName: 'polly', tags: {} })
  expect([missing.status, missing.body['message']]).toEqual([
    400,
    'tags.polly:phone: is needed by "polly" to create a user',
  ])
  expect(heard).toEqual([])
  for (const [status, answer, message] of [
    [200, '{}', /without the user/],
    [200, '{"user":{"id":"user_nobody"}}', /not its own/],
    [400, '{"message":"No such number"}', /No such number/],
  ] as const) {
    behave((_call, response) => void response.writeHead(status).end(answer))
    const failed = await make()
    expect([failed.status, failed.body['type']]).toEqual([400, 'Runtime'])
    expect(failed.body['message']).toMatch(message)
  }
})
