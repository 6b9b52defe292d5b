import { expect } from 'vitest'
import { arrive } from './arrive.ts'
import { collect, type Home } from './journey.ts'
import { knows, type OfficialClient } from './official-client.ts'

/** A user writes through the integration, the bot answers, both look back at it. */
export const chat = async ({ admin, bot, parrot, botId, integrationName }: Home) => {
  const { user } = await parrot.createUser({
    tags: { id: 'ann' },
    name: 'Ann',
    pictureUrl: 'https://example.com/a.png',
  })
  expect((await parrot.getOrCreateUser({ tags: { id: 'ann' } })).user.id).toBe(user.id)
  expect((await bot.getUser({ id: user.id })).user.tags).toEqual({ [`${integrationName}:id`]: 'ann' })
  await bot.updateUser({ id: user.id, tags: { vip: 'yes' } })
  expect((await parrot.getUser({ id: user.id })).user.tags).toEqual({ id: 'ann' })
  await parrot.updateUser({ id: user.id, tags: { nick: 'annie' } })
  await parrot.updateUser({ id: user.id, tags: { nick: '' } })
  expect((await bot.getUser({ id: user.id })).user.tags).toEqual({ [`${integrationName}:id`]: 'ann', vip: 'yes' })
  expect((await bot.listUsers({ tags: { [`${integrationName}:id`]: 'ann', vip: 'yes' } })).users).toHaveLength(1)

  const { conversation } = await parrot.createConversation({ channel: 'room', tags: { id: 'room-1' } })
  const again = await parrot.getOrCreateConversation({ channel: 'room', tags: { id: 'room-1' } })
  expect(again.conversation.id).toBe(conversation.id)
  expect((await bot.getConversation({ id: conversation.id })).conversation.id).toBe(conversation.id)
  expect(conversation).toMatchObject({ channel: 'room', integration: integrationName, tags: { id: 'room-1' } })
  await bot.updateConversation({ id: conversation.id, tags: { topic: 'birds' } })
  const found = await bot.listConversations({ tags: { topic: 'birds' } })
  expect(found.conversations.map(({ id }) => id)).toEqual([conversation.id])

  const said = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: 'Hello' } }
  const { message: heard } = await parrot.createMessage({ ...said, tags: { id: 'm1' } })
  expect(heard).toMatchObject({ ...said, direction: 'incoming', tags: { id: 'm1' } })
  const { message: known } = await parrot.getOrCreateMessage({ ...said, tags: { id: 'm1' } })
  expect(known.id).toBe(heard.id)
  const { message: answer } = await bot.createMessage({ ...said, userId: botId, payload: { text: 'Hi' }, tags: {} })
  expect(answer).toMatchObject({ direction: 'outgoing', userId: botId })
  // Clients 0.20 to 0.47 leave the payload out.
  await bot.updateMessage({ id: answer.id, tags: { mood: 'merry' }, payload: { text: 'Hi there' } })
  expect((await bot.getMessage({ id: answer.id })).message.tags).toEqual({ mood: 'merry' })
  const planned = await bot.createMessage({ ...said, userId: botId, schedule: { delay: 60_000 }, tags: {} })
  const all = [planned.message.id, answer.id, heard.id]
  await lookThrough({ bot, conversation, messageIds: all })
  expect((await bot.listConversations({ participantIds: [user.id, botId] })).conversations).toHaveLength(1)
  expect((await bot.listUsers({ conversationId: conversation.id })).users).toHaveLength(2)

  const { events } = await bot.listEvents({ type: 'message_created' })
  expect(events[0]).toMatchObject({
    messageId: heard.id,
    payload: { message: { id: heard.id }, user: { id: user.id } },
  })
  const { event } = await parrot.createEvent({ type: 'squawk', payload: { text: 'Squawk' } })
  expect((await bot.getEvent({ id: event.id })).event.type).toBe(`${integrationName}:squawk`)
  const later = await bot.createEvent({ type: 'wakeUp', payload: {}, schedule: { delay: 60_000 } })
  expect(later.event.status ?? 'scheduled').toBe('scheduled')
  if (knows(bot, 'cancelScheduledEvent')) {
    await bot.cancelScheduledEvent({ id: later.event.id })
    expect((await bot.getEvent({ id: later.event.id })).event.status).toBe('canceled')
  }

  if (knows(bot, 'addParticipant')) {
    const { user: friend } = await parrot.createUser({ tags: { id: 'bob' } })
    await parrot.addParticipant({ id: conversation.id, userId: friend.id })
    expect((await bot.getParticipant({ id: conversation.id, userId: friend.id })).participant.id).toBe(friend.id)
    expect((await bot.listParticipants({ id: conversation.id })).participants).toHaveLength(3)
    await parrot.removeParticipant({ id: conversation.id, userId: friend.id })
  }
  if (knows(bot, 'listTagValues')) {
    const { tags } = await bot.listTagValues({ key: `${integrationName}:id`, type: 'conversation' })
    expect(tags).toEqual([{ value: 'room-1' }])
  }
  await remember({ bot, parrot, userId: user.id, conversationId: conversation.id, botId })
  await arrive({ bot, parrot, botId })

  if (knows(bot, 'deleteMessage')) await bot.deleteMessage({ id: answer.id })
  await parrot.deleteConversation({ id: conversation.id })
  expect((await bot.listMessages({ conversationId: conversation.id })).messages).toEqual([])
  await parrot.deleteUser({ id: user.id })
  if (knows(admin, 'getBotAnalytics')) {
    const day = { startDate: user.createdAt, endDate: new Date().toISOString() }
    const { records } = await admin.getBotAnalytics({ id: botId, ...day })
    expect(records).toHaveLength(1)
    // The user is gone by now, and was new all the same.
    expect(records[0]?.newUsers).toBeGreaterThanOrEqual(1)
    expect(records[0]?.messages).toBeGreaterThanOrEqual(1)
  }
}

type Sight = {
  bot: OfficialClient
  conversation: { id: string; createdAt: string; integration: string }
  messageIds: string[]
}

/** Lists narrowed by dates, sorted, and walked page by page; the oldest clients leave out what they do not know. */
const lookThrough = async ({ bot, conversation: { id, createdAt, integration }, messageIds }: Sight) => {
  const moment = { afterDate: createdAt, beforeDate: createdAt }
  const narrow = {
    ...moment,
    integrationName: integration,
    channel: 'room',
    sortField: 'createdAt',
    sortDirection: 'asc',
  }
  expect((await bot.listConversations(narrow)).conversations.map((one) => one.id)).toEqual([id])
  const page = { conversationId: id, afterDate: createdAt, pageSize: 1 }
  expect(await collect((nextToken) => bot.listMessages({ ...page, nextToken }), 'messages')).toEqual(messageIds)
}

type Memory = { bot: OfficialClient; parrot: OfficialClient; userId: string; conversationId: string; botId: string }

/** States of every kind of owner, in the namespaces of bot and integration. */
const remember = async ({ bot, parrot, userId, conversationId, botId }: Memory) => {
  const profile = { type: 'user', id: userId, name: 'profile' }
  await bot.setState({ ...profile, payload: { age: 7 } })
  await bot.patchState({ ...profile, payload: { colour: 'grey' } })
  expect((await bot.getState(profile)).state.payload).toEqual({ age: 7, colour: 'grey' })
  await bot.setState({ type: 'conversation', id: conversationId, name: 'memory', payload: {}, expiry: 60_000 })
  await bot.setState({ type: 'bot', id: botId, name: 'settings', payload: { on: true } })
  await parrot.setState({ type: 'user', id: userId, name: 'seen', payload: { at: 1 } })
  if (knows(bot, 'getOrSetState')) {
    const { state, meta } = await bot.getOrSetState({ ...profile, payload: {} })
    expect([state.payload, meta.cached]).toEqual([{ age: 7, colour: 'grey' }, true])
  }
  if (knows(bot, 'setStateExpiry')) {
    const { state } = await bot.setStateExpiry({ ...profile, expiry: 60_000 })
    expect(state.expiry).toBe(60_000)
    await bot.setState({ ...profile, payload: null })
    await expect(bot.getState(profile)).rejects.toThrow(/No state found/)
  }
}
