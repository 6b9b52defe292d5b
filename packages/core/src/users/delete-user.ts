import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound, referenceConstraint } from '../errors.ts'
import { toUser } from './user.mapper.ts'
import { userRepository } from './user.repository.ts'

/**
 * Deletes a user with its tags, states and participations; the messages it wrote stay. Answers what was deleted.
 * @throws ResourceNotFound; ReferenceConstraint for the user that is the bot itself
 */
export const deleteUser = async (ctx: BotContext, id: string): Promise<User> => {
  if (id === ctx.bot.id) throw referenceConstraint('The user that is the bot itself lives as long as the bot')
  const row = await userRepository.delete(ctx, id)
  if (!row) throw notFound('user', id)
  return toUser(ctx, row)
}
