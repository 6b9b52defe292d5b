import type { Conversation, Message, User } from '@understudy/contract'
import { createBot, createIntegration, updateBot } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

type Said = { message: Message; user: User; conversation: Conversation }

/** Far longer than it takes to hear of a change. */
const SOON = { timeout: 10_000 }

let api: Awaited<ReturnType<typeof startApi>>
let guest: Caller
let bot: Caller
let base: string

beforeAll(async () => {
  api = await startApi()
  guest = api.emulator()
  bot = await api.bot()
  base = emulatorOf(api.home.botId)
})

const emulatorOf = (botId: string) => `/_understudy/emulator/${botId}`
const ask = (what: object, caller = guest, at = base) => caller.call('POST', `${at}/messages`, what)
const said = ({ status, body }: Answer): Said => {
  expect(status, JSON.stringify(body)).toBe(201)
  return body as Said
}
const history = async (conversation: string, caller = guest, at = base) =>
  caller.call('GET', `${at}/conversations/${encodeURIComponent(conversation)}/messages`)
const texts = ({ body }: Answer) => (body['messages'] as Message[]).map(({ payload }) => payload['text'])
const expectRefusal = ({ status, body }: Answer, code: number, type: string, message = /./) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

/** A bot of one's own, and what changes its installations. */
const makeBot = async () => {
  const owner = await api.owner()
  const { id } = await createBot(owner, { name: 'one of many' })
  const integrationId = api.home.emulatorIntegrationId
  const change = (integrations: Parameters<typeof updateBot>[2]['integrations']) =>
    updateBot(owner, id, { integrations }, 'alias')
  return { id, guest: api.emulator(id), at: emulatorOf(id), change, integrationId }
}
const installations = (botId: string) => api.platform.db.prisma.installation.findMany({ where: { botId } })

describe('what is said', () => {
  test('is an event for the bot, from a user and in a conversation of these names', async () => {
    const { message, user, conversation } = said(await ask({ userId: 'ann', conversationId: 'room', text: 'Hello' }))
    expect([user.tags, conversation.tags]).toEqual([{ id: 'ann' }, { id: 'room' }])
    expect(message).toMatchObject({ direction: 'incoming', type: 'text', payload: { text: 'Hello' } })
    expect(conversation).toMatchObject({ integration: 'emulator', messageCount: 1 })
    const { body } = await bot.call('GET', `/v1/chat/events?messageId=${message.id}`)
    expect(body['events']).toMatchObject([
      {
        type: 'message_created',
        status: 'pending',
        payload: { user: { tags: { 'emulator:id': 'ann' } }, conversation: { tags: { 'emulator:id': 'room' } } },
      },
    ])
  })

  test('may be anything a channel knows', async () => {
    const card = { type: 'image', payload: { imageUrl: 'https://example.com/a.png' } }
    expect(said(await ask({ userId: 'ann', ...card })).message).toMatchObject(card)
  })

  test('is said by the same user in the same conversation under the same names, or their ids', async () => {
    const first = said(await ask({ userId: 'bob', conversationId: 'bobs', text: '1' }))
    const again = said(await ask({ userId: 'bob', conversationId: 'bobs', text: '2' }))
    const byId = said(await ask({ userId: first.user.id, conversationId: first.conversation.id, text: '3' }))
    for (const other of [again, byId])
      expect([other.user.id, other.conversation.id]).toEqual([first.user.id, first.conversation.id])
    expect(texts(await history('bobs'))).toEqual(['3', '2', '1'])
    expect(texts(await history(first.conversation.id))).toEqual(['3', '2', '1'])
  })

  test('without names is said by one user, in a conversation of that user', async () => {
    const [first, second] = [said(await ask({ text: '1' })), said(await ask({ text: '2' }))]
    expect([second.user.id, second.conversation.id]).toEqual([first.user.id, first.conversation.id])
    const carol = said(await ask({ userId: 'carol', text: '3' }))
    expect(carol.conversation.id).not.toBe(first.conversation.id)
    expect(texts(await history('carol'))).toEqual(['3'])
  })

  test.each([
    ['neither text nor payload', {}, 'InvalidPayload', /^text:/],
    ['both text and payload', { text: 'x', payload: {} }, 'InvalidPayload', /^text:/],
    ['a name that is empty', { text: 'x', userId: '' }, 'InvalidPayload', /^userId:/],
    [
      'a name that no tag can hold',
      { text: 'x', conversationId: 'x'.repeat(501) },
      'InvalidPayload',
      /^conversationId:/,
    ],
    [
      'a user who is not there',
      { text: 'x', userId: 'user_01J00000000000000000000000', conversationId: 'room' },
      'ReferenceNotFound',
      /^userId/,
    ],
    [
      'a conversation that is not there',
      { text: 'x', conversationId: 'conv_01J00000000000000000000000' },
      'ReferenceNotFound',
      /^conversationId/,
    ],
  ])('with %s is refused', async (_, what, type, message) => {
    expectRefusal(await ask(what), 400, type, message)
  })

  test('is read page by page, newest first', async () => {
    for (const text of ['1', '2', '3']) await ask({ conversationId: 'long', text })
    const path = `${base}/conversations/long/messages?pageSize=2`
    const first = await guest.call('GET', path)
    expect(texts(first)).toEqual(['3', '2'])
    const { nextToken = '' } = first.body['meta'] as { nextToken?: string }
    expect(texts(await guest.call('GET', `${path}&nextToken=${nextToken}`))).toEqual(['1'])
  })

  test('in another channel of the bot is not in the emulator', async () => {
    const owner = await api.owner()
    const definition = { version: '1.0.0', channels: { channel: { messages: {} } } }
    const fax = await createIntegration(owner, { name: 'fax', ...definition })
    const installed = { fax: { integrationId: fax.id, enabled: true } }
    await updateBot(owner, api.home.botId, { integrations: installed }, 'alias')
    const asFax = await api.integration(fax.id)
    const { body } = await asFax.call('POST', '/v1/chat/conversations', { channel: 'channel', tags: {} })
    const { id } = body['conversation'] as Conversation
    expectRefusal(await history(id, bot), 404, 'ResourceNotFound')
    expectRefusal(await ask({ conversationId: id, text: 'x' }), 400, 'ReferenceNotFound')
  })
})

describe('who may', () => {
  test('the bot itself, a developer of its workspace, and whoever has the key of its emulator', async () => {
    for (const caller of [guest, bot, await api.account('developer')])
      expect((await ask({ conversationId: 'open', text: 'x' }, caller)).status).toBe(201)
    expectRefusal(await ask({ text: 'x' }, await api.account('viewer')), 403, 'Forbidden')
    expectRefusal(await ask({ text: 'x' }, await api.integration()), 403, 'Forbidden')
  })

  test('the path names the bot, whatever the header says', async () => {
    const { botId } = await api.neighbour()
    const { authorization = '' } = (await api.account('developer')).headers
    const misled = api.caller(authorization.slice('Bearer '.length), { 'x-bot-id': botId })
    expect((await ask({ text: 'x' }, misled)).status).toBe(201)
  })

  test('not with the key of another bot, or of one that was deleted', async () => {
    const { id, guest: other, at } = await makeBot()
    expectRefusal(await ask({ text: 'x' }, other), 404, 'ResourceNotFound', /^Bot ".*" not found$/)
    expectRefusal(await ask({ text: 'x' }, guest, at), 404, 'ResourceNotFound', /^Bot ".*" not found$/)
    await api.platform.db.prisma.bot.delete({ where: { id } })
    await expect.poll(async () => (await ask({ text: 'x' }, other, at)).status, SOON).toBe(401)
  })

  test('not with a key somebody made up', async () => {
    const key = guest.headers['authorization']?.slice('Bearer '.length) ?? ''
    for (const forged of [`${key.slice(0, -3)}abc`, 'bp_emu_', `bp_emu_${api.home.botId}`])
      expectRefusal(await ask({ text: 'x' }, api.caller(forged)), 401, 'Unauthorized')
  })
})

describe('a bot that has no emulator', () => {
  test('gets it with the first message: once, however many come at the same time', async () => {
    const { id, guest: visitor, at } = await makeBot()
    expectRefusal(await history('room', visitor, at), 404, 'ResourceNotFound', /^Conversation "room" not found$/)
    expect(await installations(id)).toEqual([])
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => ask({ conversationId: 'room', text: String(n) }, visitor, at)),
    )
    expect(new Set(answers.map((answer) => said(answer).conversation.id)).size).toBe(1)
    expect(await installations(id)).toMatchObject([{ alias: 'emulator', enabled: true, removedAt: null }])
    expect(new Set(texts(await history('room', visitor, at))).size).toBe(20)
  })

  test('and belongs to another workspace gets it just the same', async () => {
    const { botId, asOwner } = await api.neighbour()
    const { message } = said(await ask({ text: 'Hello' }, asOwner, emulatorOf(botId)))
    const { body } = await asOwner.call('GET', `/v1/chat/messages/${message.id}`)
    expect(body).toMatchObject({ message: { payload: { text: 'Hello' } } })
  })

  test('any more has it again with the next message; until then what was said stays readable', async () => {
    const { id, guest: visitor, at, change } = await makeBot()
    const first = said(await ask({ text: '1' }, visitor, at))
    await change({ emulator: null })
    await expect.poll(async () => texts(await history('developer', visitor, at)), SOON).toEqual(['1'])
    const second = said(await ask({ text: '2' }, visitor, at))
    expect(second.conversation.id).toBe(first.conversation.id)
    expect(await installations(id)).toMatchObject([{ enabled: true, removedAt: null }])
  })

  test('because it is disabled there, is closed to everybody', async () => {
    const { guest: visitor, at, change, integrationId } = await makeBot()
    await ask({ text: '1' }, visitor, at)
    await change({ emulator: { integrationId, enabled: false } })
    const status = async () => (await history('developer', visitor, at)).status
    await expect.poll(status, SOON).toBe(403)
    for (const caller of [visitor, await api.account('owner')]) {
      expectRefusal(await ask({ text: '2' }, caller, at), 403, 'Forbidden', /disabled/)
      expectRefusal(await history('developer', caller, at), 403, 'Forbidden', /disabled/)
    }
    await change({ emulator: { integrationId, enabled: true } })
    await expect.poll(status, SOON).toBe(200)
  })

  test('and another integration under its alias is told so, and may have it under an alias of its own', async () => {
    const { guest: visitor, at, change, integrationId } = await makeBot()
    const own = await createIntegration(await api.owner(), { name: 'impostor', version: '1.0.0' })
    await change({ emulator: { integrationId: own.id, enabled: true } })
    expectRefusal(await ask({ text: 'x' }, visitor, at), 409, 'RelationConflict', /"emulator".*alias of your own/)
    await change({ playground: { integrationId, enabled: true } })
    expect((await ask({ text: 'x' }, visitor, at)).status).toBe(201)
  })
})
