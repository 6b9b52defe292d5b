import { expect } from 'vitest'
import type { Home } from './journey.ts'
import { knows } from './official-client.ts'

/** Somebody new arrives with a message, and with a past. */
export const arrive = async ({ bot, parrot, botId }: Pick<Home, 'bot' | 'parrot' | 'botId'>) => {
  if (knows(bot, 'trackAnalytics')) expect(await bot.trackAnalytics({ name: 'arrivals', count: 1 })).toEqual({})
  if (!knows(parrot, 'initializeIncomingMessage')) return
  const arrival = {
    user: { tags: { id: 'eve' }, name: 'Eve', discriminateByTags: ['id'] },
    conversation: { channel: 'room', tags: { id: 'room-2' }, discriminateByTags: [] },
    message: { type: 'text', payload: { text: 'Hello' }, tags: { id: 'm2' }, discriminateByTags: ['id'] },
  }
  const { user, conversation, message } = await parrot.initializeIncomingMessage(arrival)
  expect([user.name, conversation.channel, message?.direction]).toEqual(['Eve', 'room', 'incoming'])
  const again = await parrot.initializeIncomingMessage(arrival)
  expect([again.user.id, again.conversation.id, again.message?.id]).toEqual([user.id, conversation.id, message?.id])
  const known = { userId: user.id, conversationId: conversation.id }
  expect((await parrot.initializeIncomingMessage(known)).conversation.id).toBe(conversation.id)

  if (knows(parrot, 'importMessages')) {
    const past = { ...known, type: 'text', payload: { text: 'Long ago' }, createdAt: '2020-02-03T04:05:06.000Z' }
    const messages = [
      { ...past, tags: { id: 'm0' }, discriminateByTags: ['id'] },
      { ...past, userId: botId, tags: {}, discriminateByTags: [] },
    ]
    const { messages: imported } = await parrot.importMessages({ messages })
    expect(imported.map(({ direction }) => direction)).toEqual(['incoming', 'outgoing'])
    const { messages: all } = await bot.listMessages({ conversationId: conversation.id })
    expect(all.map(({ id }) => id)).toEqual([message?.id, imported[1]?.id, imported[0]?.id])
    expect((await bot.listEvents({ conversationId: conversation.id })).events).toHaveLength(1)
  }
  await parrot.deleteConversation({ id: conversation.id })
  await parrot.deleteUser({ id: user.id })
}
