import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toUser } from './user.mapper.ts'
import { userRepository } from './user.repository.ts'

/** @throws ResourceNotFound */
export const getUser = async (ctx: BotContext, id: string): Promise<User> => {
  const row = await userRepository.find(ctx, id)
  if (!row) throw notFound('user', id)
  return toUser(ctx, row)
}
