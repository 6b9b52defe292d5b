import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toUser } from '../users/index.ts'
import { participantRepository } from './participant.repository.ts'

/** @throws ResourceNotFound */
export const getParticipant = async (ctx: BotContext, conversationId: string, userId: string): Promise<User> => {
  const row = await participantRepository.find(ctx, conversationId, userId)
  if (!row) throw notFound('participant', userId)
  return toUser(ctx, row)
}
