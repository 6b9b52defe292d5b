import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound, referenceNotFound, relationConflict } from '../errors.ts'
import { toUser } from '../users/index.ts'
import { participantRepository } from './participant.repository.ts'

/**
 * Lets a user take part; one who does already stays.
 * @throws ResourceNotFound for the conversation, ReferenceNotFound for the user, RelationConflict for a user of another integration
 */
export const addParticipant = async (ctx: BotContext, conversationId: string, userId: string): Promise<User> => {
  const { has_home: hasHome, stranger, ...user } = await participantRepository.add(ctx, conversationId, userId)
  if (!hasHome) throw notFound('conversation', conversationId)
  if (user.id === null) throw referenceNotFound('userId', userId)
  if (stranger)
    throw relationConflict(`User "${userId}" and conversation "${conversationId}" belong to different integrations`)
  return toUser(ctx, user)
}
