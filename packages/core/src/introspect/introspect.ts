import { findBotProfile, hasBot, installationsOf } from '../callers/index.ts'
import type { CallerContext } from '../context.ts'
import { referenceNotFound } from '../errors.ts'

/**
 * Who a token stands for towards a bot: the account; the bot, which is also its user's id; for an integration the bot's
 * user, since an integration has none of its own.
 * @throws ReferenceNotFound for a bot out of the caller's reach
 */
export const introspect = async (
  ctx: CallerContext,
  { botId }: { botId: string },
): Promise<{ workspaceId: string; botId: string; userId: string }> => {
  const { caller } = ctx
  const bot = await findBotProfile(ctx, botId)
  const within =
    bot &&
    (caller.kind === 'account'
      ? hasBot(caller, bot)
      : caller.kind === 'integration'
        ? installationsOf(caller, bot).length > 0
        : caller.botId === bot.id)
  if (!within) throw referenceNotFound('botId', botId)
  return { workspaceId: bot.workspaceId, botId: bot.id, userId: caller.kind === 'account' ? caller.accountId : bot.id }
}
