import { type BotContext, createBot, createConversation, type createMessage, createUser } from '@understudy/core'
import { seededTags, TEXT } from '../seed.ts'
import { install, type Stage } from '../stage.ts'

/** What is said, as core takes it. */
export type Said = Parameters<typeof createMessage>[1]

/** A bot that listens somewhere, with conversations in which somebody speaks to it. */
export type SpokenTo = {
  /** as the integration that writes down what is said */
  ctx: BotContext
  headers: Record<string, string>
  /** the n-th thing that is said to it, in its conversations by turns */
  said: (n: number) => Said
}

/** Makes a bot that listens at `url`, with so many conversations. */
export const makeBot = async (stage: Stage, url: string, conversations: number): Promise<SpokenTo> => {
  const { workspace, integrationId, headers } = stage
  const { id } = await createBot(workspace, { name: 'listener', dev: true, url })
  const ctx = await install(workspace, id, integrationId)
  const { id: userId } = await createUser(ctx, { tags: {} })
  const rooms = await Promise.all(
    Array.from({ length: conversations }, (_, k) =>
      createConversation(ctx, { channel: 'channel', tags: seededTags(k) }),
    ),
  )
  return {
    ctx,
    headers: { ...headers, 'x-bot-id': id },
    said: (n) => ({
      conversationId: rooms[n % rooms.length]?.id ?? '',
      userId,
      type: 'text',
      payload: { text: TEXT },
      tags: {},
    }),
  }
}
