import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { getConversation, listConversations } from '../conversations/index.ts'
import { notFound } from '../errors.ts'
import { isIdOf } from '../ids.ts'
import { emulatorOf } from './emulator-of.ts'
import type { EmulatorContext } from './install-emulator.ts'

/**
 * A conversation of the emulator by its own name or by its id, and the context that acts as the emulator.
 * @throws ResourceNotFound; Forbidden when the emulator is disabled
 */
export const findEmulatorConversation = async (
  ctx: BotContext,
  nameOrId: string,
): Promise<{ emulator: EmulatorContext; conversation: Conversation }> => {
  const installation = emulatorOf(ctx.bot)
  if (!installation) throw notFound('conversation', nameOrId)
  const emulator = { ...ctx, installation }
  if (isIdOf('conv', nameOrId)) return { emulator, conversation: await getConversation(emulator, nameOrId) }
  // As get-or-create does: of several with this name, the oldest.
  const { conversations } = await listConversations(emulator, {
    tags: { id: nameOrId },
    sortDirection: 'asc',
    pageSize: 1,
  })
  const [conversation] = conversations
  if (!conversation) throw notFound('conversation', nameOrId)
  return { emulator, conversation }
}
