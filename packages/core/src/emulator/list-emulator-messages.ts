import type { Message, PageQuery } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { listMessages } from '../messages/index.ts'
import { findEmulatorConversation } from './find-emulator-conversation.ts'

/**
 * What was said in a conversation of the emulator, newest first.
 * @param nameOrId the conversation's own name, or its id
 * @throws ResourceNotFound; Forbidden when the emulator is disabled; InvalidQuery for a token of another list
 */
export const listEmulatorMessages = async (
  ctx: BotContext,
  nameOrId: string,
  page: PageQuery,
): Promise<{ messages: Message[]; meta: { nextToken?: string } }> => {
  const { emulator, conversation } = await findEmulatorConversation(ctx, nameOrId)
  return listMessages(emulator, { ...page, conversationId: conversation.id })
}
