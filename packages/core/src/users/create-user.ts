import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type NewUser, userDraft } from './new-user.ts'
import { toUser } from './user.mapper.ts'
import { userRepository } from './user.repository.ts'

/** Makes a user, even if one with the same tags exists. @throws InvalidPayload for tags nobody declared */
export const createUser = async (ctx: BotContext, input: NewUser): Promise<User> =>
  toUser(ctx, await userRepository.insert(ctx, userDraft(ctx, input)))
