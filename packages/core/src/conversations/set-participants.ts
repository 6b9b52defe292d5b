import type { BotContext } from '../context.ts'
import { addParticipant } from './add-participant.ts'
import { participantRepository } from './participant.repository.ts'

/**
 * Makes exactly these users take part.
 * @throws ResourceNotFound for the conversation, ReferenceNotFound for a user; then nobody was removed
 */
export const setParticipants = async (
  ctx: BotContext,
  conversationId: string,
  userIds: readonly string[],
): Promise<void> => {
  for (const userId of new Set(userIds)) await addParticipant(ctx, conversationId, userId)
  await participantRepository.keepOnly(ctx, conversationId, userIds)
}
