import type { EventSource, Message } from '@understudy/contract'
import { findBotProfile } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { followMessages } from '../messages/index.ts'
import { isEmulatorDisabled } from './emulator-of.ts'
import { findEmulatorConversation } from './find-emulator-conversation.ts'

/**
 * Everything that is said in a conversation of the emulator, from the beginning and as it comes, until the signal ends it.
 * Nothing is told any more once the emulator is disabled.
 * @param nameOrId the conversation's own name, or its id
 * @param after only what follows this event or message, by its id
 * @throws ResourceNotFound; Forbidden when the emulator is disabled; InvalidQuery for `after`
 */
export const streamEmulatorMessages = async (
  ctx: BotContext,
  nameOrId: string,
  after: string | undefined,
): Promise<EventSource<{ message: Message }>> => {
  const { emulator, conversation } = await findEmulatorConversation(ctx, nameOrId)
  const said = await followMessages(emulator, conversation.id, after)
  return async function* (signal) {
    for await (const { data: message, ...event } of said(signal)) {
      const bot = await findBotProfile(ctx, ctx.bot.id)
      if (!bot || isEmulatorDisabled(bot)) return
      yield { ...event, data: { message } }
    }
  }
}
