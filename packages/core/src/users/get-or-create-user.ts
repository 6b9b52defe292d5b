import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { type WantedUser, wantedUser } from './new-user.ts'
import { toUser } from './user.mapper.ts'
import { userRepository } from './user.repository.ts'
import { userFromIntegration } from './user-from-integration.ts'

/**
 * The oldest user with these tags, untouched, or a new one. Callers that ask at the same time get the same user.
 * Without any tag that has a value there is nothing to match, and a new user is made.
 * An integration that the bot names, and that makes its users itself, is asked each time.
 * @throws InvalidPayload for tags nobody declared, or that the integration needs; Runtime, OperationTimeout
 */
export const getOrCreateUser = async (
  ctx: BotContext,
  input: WantedUser,
): Promise<{ user: User; created: boolean }> => {
  const { draft, match } = wantedUser(ctx, input)
  const askedAt = ctx.clock.now().toISOString()
  const made = await userFromIntegration(ctx, input, draft)
  // It does not say whether it knew them.
  if (made) return { user: made, created: made.createdAt >= askedAt }
  if (!match) return { user: toUser(ctx, await userRepository.insert(ctx, draft)), created: true }
  const { created, ...row } = await userRepository.getOrCreate(ctx, draft, match)
  return { user: toUser(ctx, row), created }
}
