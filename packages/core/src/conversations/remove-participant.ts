import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { participantRepository } from './participant.repository.ts'

/** @throws ResourceNotFound */
export const removeParticipant = async (ctx: BotContext, conversationId: string, userId: string): Promise<void> => {
  const removed = await participantRepository.remove(ctx, conversationId, userId)
  if (!removed) throw notFound('participant', userId)
}
