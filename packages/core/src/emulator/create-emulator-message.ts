import type { Conversation, Message, User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { getConversation, getOrCreateConversation } from '../conversations/index.ts'
import { isIdOf } from '../ids.ts'
import { createMessage } from '../messages/index.ts'
import { getOrCreateUser, getUser } from '../users/index.ts'
import { type EmulatorContext, installEmulator } from './install-emulator.ts'

export type NewEmulatorMessage = {
  /** a name of the caller's own, or the id of a user */
  userId?: string | undefined
  /** likewise; undefined: the conversation that is named after the user */
  conversationId?: string | undefined
  type: string
  payload?: Record<string, unknown> | undefined
  /** short for the payload `{ text }` */
  text?: string | undefined
}

/** Who speaks when nobody is named. */
const SOMEBODY = 'developer'

const CHANNEL = 'channel'

/**
 * Says something to the bot in its emulator, as any user. User and conversation are made when their names are new, and the
 * emulator is installed when the bot does not have it.
 * @throws what installEmulator and createMessage throw
 */
export const createEmulatorMessage = async (
  ctx: BotContext,
  { userId: author = SOMEBODY, conversationId: place = author, type, payload, text }: NewEmulatorMessage,
): Promise<{ message: Message; user: User; conversation: Conversation }> => {
  const emulator = await installEmulator(ctx)
  const [userId, conversationId] = await Promise.all([userOf(emulator, author), conversationOf(emulator, place)])
  const said = { userId, conversationId, type, payload: payload ?? { text }, tags: {} }
  const message = await createMessage(emulator, said)
  const [user, conversation] = await Promise.all([getUser(emulator, userId), getConversation(emulator, conversationId)])
  return { message, user, conversation }
}

const userOf = async (ctx: EmulatorContext, nameOrId: string): Promise<string> =>
  isIdOf('user', nameOrId) ? nameOrId : (await getOrCreateUser(ctx, { tags: { id: nameOrId } })).user.id

const conversationOf = async (ctx: EmulatorContext, nameOrId: string): Promise<string> =>
  isIdOf('conv', nameOrId)
    ? nameOrId
    : (await getOrCreateConversation(ctx, { channel: CHANNEL, tags: { id: nameOrId } })).conversation.id
