import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type NewUser, userDraft } from './new-user.ts'
import { toUser } from './user.mapper.ts'
import { userRepository } from './user.repository.ts'
import { userFromIntegration } from './user-from-integration.ts'

/**
 * Makes a user, even if one with the same tags exists; for a bot that names an integration, by way of that, where it wants so.
 * @throws InvalidPayload for tags nobody declared, or that the integration needs; Runtime, OperationTimeout
 */
export const createUser = async (ctx: BotContext, input: NewUser): Promise<User> => {
  const draft = userDraft(ctx, input)
  return (await userFromIntegration(ctx, input, draft)) ?? toUser(ctx, await userRepository.insert(ctx, draft))
}
