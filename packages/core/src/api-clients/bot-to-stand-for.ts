import { refusalOf } from '@understudy/auth'
import { type BotProfile, findBotProfile, hasBot } from '../callers/index.ts'
import type { CallerContext } from '../context.ts'
import { forbidden } from '../errors.ts'

/**
 * A bot the caller may issue and revoke API clients for: a developer, or more, in its workspace.
 * @throws what `missing` makes for a bot out of the caller's reach; Forbidden for a member who is less than a developer
 */
export const botToStandFor = async (ctx: CallerContext, botId: string, missing: () => Error): Promise<BotProfile> => {
  const { caller } = ctx
  const bot = await findBotProfile(ctx, botId)
  if (!bot || caller.kind !== 'account' || !hasBot(caller, bot)) throw missing()
  // The workspace is the bot's, so the door could not hold the role against it.
  const refusal = refusalOf({ callers: ['account:developer'] }, caller, caller.roles[bot.workspaceId])
  if (refusal) throw forbidden(refusal)
  return bot
}
